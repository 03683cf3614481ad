import { onBeforeUnmount, ref, shallowRef, watch, type ComputedRef } from 'vue'
import { Problem, type Lang } from '../api'
import { request } from '../state'
import type { Plan } from './model'
import { getFindings, type Findings } from './service'

const PAUSE = 400

/** What the service finds wrong with a plan, a moment after its last change. */
export function useFindings(plan: ComputedRef<Plan>, lang: ComputedRef<Lang>) {
  const found = shallowRef<Findings | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  let timer = 0
  let running: AbortController | null = null

  function stop() {
    window.clearTimeout(timer)
    running?.abort()
    running = null
  }

  async function ask() {
    const mine = (running = new AbortController())
    try {
      const answer = await getFindings({ ...request(), plan: plan.value }, lang.value, mine.signal)
      if (mine.signal.aborted) return
      found.value = answer
      problem.value = null
    } catch (e) {
      if (mine.signal.aborted) return
      found.value = null
      problem.value = e instanceof Problem ? e : new Problem(String(e), [])
    }
    busy.value = false
  }

  function later() {
    stop()
    busy.value = plan.value.rooms.length > 0
    if (busy.value) timer = window.setTimeout(ask, PAUSE)
    else found.value = problem.value = null
  }

  watch([plan, lang], later, { immediate: true })
  onBeforeUnmount(stop)
  return { found, problem, busy, again: later }
}
