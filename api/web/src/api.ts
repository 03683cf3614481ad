/** The service's answers, as far as the page reads them; the whole is in /openapi.json. */

export type Lang = 'zh' | 'en'
export type Verdict = 'PASS' | 'NEED_INFO' | 'FIX' | 'WRONG_SITE'
export type Status = 'MET' | 'VIOLATED' | 'UNKNOWN' | 'MARGINAL' | 'VISIT' | 'NOT_APPLICABLE'
export type Datum = 'CGCS2000' | 'WGS84' | 'GCJ02' | 'BD09'

export interface Choice {
  value: string
  title: string
}

export interface Item {
  item: string
  name: string
  category: string
  variants: Choice[]
}

/** Items one undertaking needs together. */
export interface Bundle {
  bundle: string
  name: string
  items: { item: string; variant: string | null }[]
}

export interface LayerAbout {
  id: string
  kind: string
  title: string
  licence: string
  demonstration: boolean
  bbox: [number, number, number, number]
}

export interface Line {
  type: 'LineString'
  coordinates: [number, number][]
}

export interface Finding {
  point: string
  stage: string
  status: Status
  severity: 'VETO' | 'MAJOR' | 'MINOR'
  title: string
  text: string
  basis: { title: string; doc: string; article: string | null; inForce: string }[]
  recalled: boolean
  measured: { fact: string; value: number; unit: string; error: number } | null
  required: { relation: string; value: number; unit: string } | null
  because: {
    fact: string
    label: string
    value: number | boolean | string | null
    unit: string
    error: number | null
    unknown: { why: string; detail: string; low: number | null; high: number | null } | null
    from: { kind: string; layer: string | null; name: string | null; how: string | null } | null
  }[]
  rules: { name: string; fired: boolean; sentences: string[]; heldBack: string[] }[]
  fix: string | null
  evidence: string
  geometry: Line | null
}

export interface Question {
  fact: string
  /** The item whose variant is asked for; null for every other fact. */
  item: string | null
  ask: string
  type: 'boolean' | 'number' | 'integer' | 'choice'
  unit: string
  choices: Choice[]
  min: number | null
  max: number | null
  howTo: string
  why: { why: string; detail: string } | null
  decides: string[]
}

export interface Answer {
  id: string
  verdict: Verdict
  asOf: string
  region: string | null
  site: { resolved: { lon: number; lat: number } | null; accuracy: number | null; landUse: string | null; planned: { name: string; metres: number; geometry: Line }[] }
  items: { item: string; name: string; verdict: Verdict; findings: Finding[] }[]
  fixes: { point: string; items: string[]; title: string; asked: string; action: string; evidence: string; severity: string }[]
  questions: Question[]
  contradictions: { fact: string; label: string; one: { item: string; asks: string }; other: { item: string; asks: string } }[]
  visit: { points: string[]; exemption: { eligible: boolean; reasons: string[] } }
  notes: string[]
}

export interface Coordinates {
  lon: number
  lat: number
  datum: Datum
  accuracy?: number
}

export interface PreCheck {
  items: { item: string; variant: string | null }[]
  site: { coordinates?: Coordinates; address?: string; floor?: number }
  plan?: unknown
  answers: Record<string, boolean | number | string | null>
}

/** An error of the service, as RFC 9457 problem+json. */
export class Problem extends Error {
  constructor(
    readonly title: string,
    readonly errors: { pointer: string; detail: string }[],
    /** Members of this kind of problem's own. */
    readonly more: Record<string, unknown> = {},
  ) {
    super(title)
  }
}

export async function call<T>(path: string, lang: Lang, init?: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, { ...init, headers: { ...init?.headers, 'Accept-Language': lang } })
  } catch (problem) {
    if (init?.signal?.aborted) throw problem
    throw new Problem(lang === 'zh' ? '连不上服务，请检查网络后再试。' : 'The service cannot be reached.', [])
  }
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    const problem = body as { title?: string; detail?: string; errors?: { pointer: string; detail: string }[] } | null
    throw new Problem(problem?.detail ?? problem?.title ?? String(response.status), problem?.errors ?? [], problem ?? {})
  }
  return body as T
}

export const getItems = (lang: Lang) => call<{ items: Item[]; bundles: Bundle[] }>('/v1/items', lang)
export const getLayers = (lang: Lang) => call<{ layers: LayerAbout[] }>('/v1/layers', lang)
export const getLayer = (id: string, lang: Lang) => call<object>(`/v1/layers/${id.split('/').map(encodeURIComponent).join('/')}`, lang)
/** A district cut into parts by its siting points. */
export interface EligibleArea {
  shares: Record<Standing, number>
  toAnswer: { fact: string; label: string }[]
  features: {
    properties: {
      standing: Standing
      squareMetres: number
      /** Whether it lies too near the district's border. */
      border: boolean
      reasons: { point: string; title: string; text: string; textEn: string }[]
      unsure: { fact: string; label: string }[]
    }
  }[]
}
export type Standing = 'ELIGIBLE' | 'UNSURE' | 'EXCLUDED'
export const getEligibleArea = (item: string, region: string, lang: Lang) =>
  call<EligibleArea>(`/v1/sites/eligible-area?item=${encodeURIComponent(item)}&region=${region}`, lang)
export type AddressLevel = 'DOOR' | 'BUILDING' | 'ROAD' | 'DISTRICT'

/** A place an address may mean. */
export interface FoundAddress {
  address: string
  name: string
  level: AddressLevel
  score: number
  /** How far from the truth it may lie, metres. */
  accuracy: number
  lon: number
  lat: number
  layer: string | null
  feature: string | null
}
export const findAddresses = (q: string, lang: Lang, signal: AbortSignal) =>
  call<{ parsed: { floor: string }; candidates: FoundAddress[]; resolved: boolean }>(`/v1/addresses?limit=8&q=${encodeURIComponent(q)}`, lang, { signal })
export const check = (request: PreCheck, lang: Lang) =>
  call<Answer>('/v1/pre-checks', lang, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  })
