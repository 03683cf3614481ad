import vue from '@vitejs/plugin-vue'
import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'

/** What PDF.js reads at need, served from here: encodings of Chinese fonts, the standard fonts, decoders of pictures. */
function pdfFiles(): Plugin {
  return {
    name: 'pdf-files',
    apply: 'build',
    generateBundle() {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm']) {
        for (const file of readdirSync(`node_modules/pdfjs-dist/${folder}`)) {
          this.emitFile({ type: 'asset', fileName: `pdf/${folder}/${file}`, source: readFileSync(`node_modules/pdfjs-dist/${folder}/${file}`) })
        }
      }
    },
  }
}

// `npm run dev` talks to a service started with ./kanqian serve.
export default defineConfig({
  plugins: [vue(), pdfFiles()],
  build: { outDir: 'dist', chunkSizeWarningLimit: 900 },
  server: { proxy: { '/v1': 'http://localhost:8080' } },
})
