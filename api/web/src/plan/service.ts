import { call, type Lang, Problem, type PreCheck } from '../api'
import type { FlowKind } from './model'

/** What the service says of plans. */

export interface Asked {
  item: string
  point: string
  title: string
}

export interface PlanType {
  type: string
  look: string
  name: string
  asked: Asked[]
}

export interface PlanAttribute {
  of: 'ROOM' | 'DOOR' | 'WINDOW' | 'FIXTURE' | 'PREMISES'
  key: string
  types: string[]
  name: string
  type: 'boolean' | 'number' | 'integer' | 'choice'
  unit: string
  choices: { value: string; title: string }[]
  asked: Asked[]
}

export interface Vocabulary {
  rooms: PlanType[]
  fixtures: PlanType[]
  flows: { kind: string; name: string; asked: Asked[] }[]
  attributes: PlanAttribute[]
}

export interface PlanFault {
  pointer: string
  element: string | null
  detail: string
}

export interface PlanFinding {
  number: number
  status: 'VIOLATED' | 'MARGINAL'
  point: string
  title: string
  text: string
  basis: string
  fix: string | null
  elements: string[]
}

export interface Findings {
  sound: boolean
  faults: PlanFault[]
  warnings: PlanFault[]
  findings: PlanFinding[]
  open: { point: string; title: string; lacking: { fact: string; label: string; why: string }[] }[]
}

export interface ImportNote {
  kind: 'LEFT_OUT' | 'GUESSED' | 'TOLD'
  element: string
  text: string
}

export interface Imported {
  plan: unknown
  notes: ImportNote[]
}

/** The units a drawing without one may be in, and how long it would be in each. */
export interface UnitChoice {
  unit: string
  metres: number
}

export const NO_WORDS: Vocabulary = { rooms: [], fixtures: [], flows: [], attributes: [] }

export const getVocabulary = (items: string[], lang: Lang) =>
  call<Vocabulary>(`/v1/plans/vocabulary?${items.map((i) => `item=${encodeURIComponent(i)}`).join('&')}`, lang)

export const getFindings = (request: PreCheck, lang: Lang, signal: AbortSignal) =>
  call<Findings>('/v1/plans/findings', lang, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request), signal })

/** @param units of the drawing, '' if it says so itself; @param gap widest gap between wall lines that is closed, metres */
export function importFile(file: Blob, units: string, gap: number | null, lang: Lang) {
  const query = new URLSearchParams()
  if (units !== '') query.set('units', units)
  if (gap !== null) query.set('settings', `gap_m: ${gap}`)
  return call<Imported>(`/v1/plans/import?${query}`, lang, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file })
}

/** The units to choose from, if that is what a refused import asks. */
export function unitsAsked(e: unknown): UnitChoice[] {
  const units = e instanceof Problem ? e.more['units'] : undefined
  return Array.isArray(units) ? (units as UnitChoice[]) : []
}

export const flowKinds: FlowKind[] = ['food', 'dish_return', 'people', 'material', 'clean', 'dirty', 'instrument', 'men', 'women']

/** The plan drawn, with the findings on it: as a picture or to print. */
export async function getDrawing(request: PreCheck, type: 'image/svg+xml' | 'application/pdf', lang: Lang): Promise<Blob> {
  const response = await fetch('/v1/plans/drawing', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: `${type}, application/problem+json`, 'Accept-Language': lang },
    body: JSON.stringify(request),
  })
  if (!response.ok) {
    const problem = (await response.json().catch(() => null)) as { detail?: string } | null
    throw new Problem(problem?.detail ?? String(response.status), [])
  }
  return new Blob([await response.arrayBuffer()], { type })
}
