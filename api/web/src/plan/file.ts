import type { PlanTexts } from '../i18n/plan'
import type { Plan } from './model'

/** Largest plan a page sends, bytes; the service takes 4 MB with the answers around it. */
export const LARGEST_PLAN = 3_000_000
/** Largest file the service turns into a plan, bytes. */
export const LARGEST_IMPORT = 16 * 1024 * 1024

/** What a file cannot be opened for. */
export class FileFault extends Error {}

type Json = Record<string, unknown>

/**
 * A plan out of JSON, checked as far as the editor has to rely on it; what is wrong otherwise, the service says by
 * element. Fields the editor does not know stay as they are.
 *
 * @throws FileFault naming the first fields that are wrong
 */
export function planOf(json: unknown, t: PlanTexts): Plan {
  const faults: string[] = []
  const wrong = (pointer: string, what: string) => faults.push(t.field(pointer, what))
  if (!isObject(json) || json['format'] !== 'kanqian-plan/1') throw new FileFault(t.noFormat)

  const elements = new Set<string>()
  const list = (key: string, check: (e: Json, pointer: string) => void, ids = elements): Json[] => {
    const value = json[key] ?? []
    if (!Array.isArray(value)) {
      wrong(`/${key}`, t.needList)
      return []
    }
    value.forEach((e: unknown, i) => {
      const pointer = `/${key}/${i}`
      if (!isObject(e)) return wrong(pointer, t.needObject)
      if (typeof e['id'] !== 'string' || e['id'] === '') wrong(`${pointer}/id`, t.needText)
      else if (ids.has(e['id'])) wrong(`${pointer}/id`, t.twice + e['id'])
      else ids.add(e['id'])
      check(e, pointer)
    })
    return value.filter(isObject)
  }
  const storeys = list('storeys', (s, at) => {
    if (typeof s['floor'] !== 'number') wrong(`${at}/floor`, t.needNumber)
  }, new Set())
  const known = new Set(storeys.map((s) => s['id']))
  const placed = (e: Json, at: string) => {
    if (!known.has(e['storey'])) wrong(`${at}/storey`, t.noStorey + String(e['storey']))
  }
  const rooms = list('rooms', (r, at) => {
    placed(r, at)
    if (typeof r['type'] !== 'string') wrong(`${at}/type`, t.needText)
    if (!ring(r['polygon'])) wrong(`${at}/polygon`, t.needPoints)
    if (r['holes'] != null && !(Array.isArray(r['holes']) && r['holes'].every(ring))) wrong(`${at}/holes`, t.needPoints)
  })
  const openings = list('openings', (o, at) => {
    placed(o, at)
    if (!['door', 'window', 'pass_through'].includes(String(o['kind']))) wrong(`${at}/kind`, 'door | window | pass_through')
    if (!points(o['at']) || (o['at'] as unknown[]).length !== 2) wrong(`${at}/at`, t.needPoints)
    if (!texts(o['connects'])) wrong(`${at}/connects`, t.needList)
  })
  const fixtures = list('fixtures', (f, at) => {
    placed(f, at)
    if (typeof f['type'] !== 'string') wrong(`${at}/type`, t.needText)
    if (!(point(f['at']) || ring(f['polygon']))) wrong(`${at}/at`, t.needPoints)
  })
  const flows = list('flows', (f, at) => {
    if (!texts(f['stops'])) wrong(`${at}/stops`, t.needList)
  }, new Set())
  if (storeys.length === 0 && faults.length === 0) wrong('/storeys', t.needList)
  if (faults.length > 0) throw new FileFault(faults.slice(0, 5).join('; '))
  return { ...json, storeys, rooms, openings, fixtures: fixtures.map((f) => ({ ...f, room: f['room'] ?? null })), flows } as unknown as Plan
}

const isObject = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v)
const point = (v: unknown): boolean => Array.isArray(v) && v.length === 2 && v.every((n) => typeof n === 'number' && Number.isFinite(n))
const points = (v: unknown): boolean => Array.isArray(v) && v.every(point)
const ring = (v: unknown): boolean => points(v) && (v as unknown[]).length >= 4
const texts = (v: unknown): boolean => Array.isArray(v) && v.every((s) => typeof s === 'string')

/** Hands a file to the browser to keep. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
