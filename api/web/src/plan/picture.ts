/** A picture to trace: out of an image file, or a page of a PDF. Nothing leaves the browser. */

export interface Picture {
  src: string
  width: number
  height: number
  /** Pages of the document; 1 for an image. */
  pages: number
}

export const LARGEST_PICTURE = 40 * 1024 * 1024
/** Longer sides are drawn smaller: enough to trace, small enough to keep. */
const LONGEST = 2000

/** @param page of a PDF, from 1. @throws if the file is neither a picture nor a PDF */
export async function pictureOf(file: File, page = 1): Promise<Picture> {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 1024).arrayBuffer())
  return head.includes('%PDF-') ? pdfPage(file, page) : image(file)
}

async function image(file: File): Promise<Picture> {
  const bitmap = await createImageBitmap(file)
  const factor = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height))
  const canvas = sheet(bitmap.width * factor, bitmap.height * factor)
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return { src: canvas.toDataURL('image/jpeg', 0.75), width: canvas.width, height: canvas.height, pages: 1 }
}

async function pdfPage(file: File, number: number): Promise<Picture> {
  const [pdf, worker] = await Promise.all([import('pdfjs-dist/legacy/build/pdf.mjs'), import('pdfjs-dist/legacy/build/pdf.worker.min.mjs?url')])
  pdf.GlobalWorkerOptions.workerSrc = worker.default
  const own = new URL('pdf/', document.baseURI).href
  const task = pdf.getDocument({ data: await file.arrayBuffer(), cMapUrl: `${own}cmaps/`, cMapPacked: true, standardFontDataUrl: `${own}standard_fonts/`, wasmUrl: `${own}wasm/` })
  try {
    const document = await task.promise
    const page = await document.getPage(Math.max(1, Math.min(document.numPages, number)))
    const natural = page.getViewport({ scale: 1 })
    const viewport = page.getViewport({ scale: LONGEST / Math.max(natural.width, natural.height) })
    const canvas = sheet(viewport.width, viewport.height)
    await page.render({ canvas, viewport }).promise
    return { src: canvas.toDataURL('image/jpeg', 0.75), width: canvas.width, height: canvas.height, pages: document.numPages }
  } finally {
    await task.destroy()
  }
}

function sheet(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width))
  canvas.height = Math.max(1, Math.round(height))
  const context = canvas.getContext('2d')!
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  return canvas
}
