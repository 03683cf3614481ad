import { markRaw, reactive, watch } from 'vue'
import type { Answer, Datum, Lang, PreCheck } from './api'
import { KEPT_AS } from './plan/trace'

export type Step = 'items' | 'place' | 'plan' | 'result'

/** What the applicant has said so far. Kept in this browser tab only. */
export interface State {
  lang: Lang
  step: Step
  items: string[]
  variants: Record<string, string>
  lon: string
  lat: string
  datum: Datum | ''
  fromMap: boolean
  /** As typed or chosen; sent beside the coordinates, so that the service sees whether both agree. */
  address: string
  /** How far the coordinates may be off, metres, where the page knows. */
  accuracy: number | null
  floor: string
  plan: unknown
  planName: string
  /** Whether the plan is being drawn. */
  drawing: boolean
  answers: Record<string, boolean | number | string | null>
  asked: Record<string, string>
  /** Items whose variant the applicant does not know. */
  variantUnknown: string[]
  answer: Answer | null
}

const KEY = 'kanqian'

function fresh(lang: Lang): State {
  return { lang, step: 'items', items: [], variants: {}, lon: '', lat: '', datum: '', fromMap: false, address: '', accuracy: null, floor: '', plan: null, planName: '', drawing: false, answers: {}, asked: {}, variantUnknown: [], answer: null }
}

function restored(): State {
  const start = fresh(navigator.language.startsWith('en') ? 'en' : 'zh')
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<State> | null
    return { ...start, ...kept, plan: kept?.plan ? markRaw(kept.plan) : null }
  } catch {
    return start
  }
}

export const state = reactive(restored())

/** Whether a reload would find the plan again. */
export const kept = reactive({ plan: true })

function keep(what: State): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(what))
    return true
  } catch {
    return false
  }
}

watch(state, () => {
  // A plan may be larger than a browser keeps; the page works on and remembers the rest.
  kept.plan = keep(state)
  if (!kept.plan && !keep({ ...state, plan: null, planName: '', answer: null })) sessionStorage.removeItem(KEY)
})

export function restart(): void {
  sessionStorage.removeItem(KEPT_AS)
  Object.assign(state, fresh(state.lang))
}

/** What can be said and taken back: enough to undo an answer the service refuses. */
export function said(): () => void {
  const { answers, variants, floor, variantUnknown } = JSON.parse(JSON.stringify(state)) as State
  return () => Object.assign(state, { answers, variants, floor, variantUnknown })
}

/** The request for what has been said. */
export function request(): PreCheck {
  const request: PreCheck = {
    items: state.items.map((item) => ({ item, variant: state.variants[item] || null })),
    site: {},
    answers: { ...state.answers },
  }
  if (state.lon !== '' && state.lat !== '' && state.datum !== '') {
    request.site.coordinates = { lon: Number(state.lon), lat: Number(state.lat), datum: state.datum, ...(state.accuracy === null ? {} : { accuracy: state.accuracy }) }
  }
  if (state.address.trim() !== '') request.site.address = state.address.trim()
  if (state.floor !== '') request.site.floor = Number(state.floor)
  if (state.plan !== null) request.plan = state.plan
  return request
}
