/** One stream of news for the whole app: what was announced makes the open screens read again. The line comes back by itself. */
import { useEffect } from 'react'
import { queryClient, refresh } from '#platform/web/api.ts'
import { tellLine } from '#platform/web/line.ts'

/** Which modules' answers a piece of news makes stale, by the module that announced it. */
const CONSEQUENCES: Readonly<Record<string, readonly string[]>> = {
  organisation: ['organisation'],
  measurement: ['measurement'],
  evaluation: ['evaluation'],
  alerts: ['alerts'],
  plans: ['plans', 'alerts'],
  verification: ['verification', 'plans', 'alerts'],
  reports: ['reports'],
  notices: ['notices'],
}
/** News come in bursts; screens read again once after a burst, and at most this often. */
const GATHER_MILLISECONDS = 1_500
/** A broken line is tried again after one second, then two, four, … */
const FIRST_WAIT_MILLISECONDS = 1_000
const LONGEST_WAIT_MILLISECONDS = 30_000

interface News {
  readonly name: string
  readonly payload: unknown
}

/** Types of the events a series is made of, where its answer tells; undefined where it may be anything. */
function eventTypesOf(answer: unknown): ReadonlySet<string> | undefined {
  const definition = (answer as { indicator?: { definition?: { kind?: unknown } } } | undefined)?.indicator?.definition
  if (definition === undefined || definition.kind === 'derived') return undefined
  const types = new Set<string>()
  const look = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return
    for (const [name, each] of Object.entries(value)) {
      if (name === 'eventType' && typeof each === 'string') types.add(each)
      else look(each)
    }
  }
  look(definition)
  return types.size > 0 ? types : undefined
}

/** New events touch only what counts events of these types; anything whose types are not known is read again too. */
function refreshMeasured(types: ReadonlySet<string>): void {
  void queryClient.invalidateQueries({
    queryKey: [['measurement']],
    predicate: (query) => {
      const own = eventTypesOf(query.state.data)
      return own === undefined || !own.isDisjointFrom(types)
    },
  })
}

/** Gathers what became stale and tells it in one go. */
function gatherer(everyMilliseconds: number) {
  const stale = new Set<string>()
  const types = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = () => {
    timer = undefined
    refresh(...stale)
    if (types.size > 0 && !stale.has('measurement')) refreshMeasured(new Set(types))
    stale.clear()
    types.clear()
  }
  return {
    hear: ({ name, payload }: News) => {
      const recorded = (payload as { eventTypes?: unknown } | null)?.eventTypes
      if (name === 'measurement.recorded' && Array.isArray(recorded))
        for (const type of recorded) types.add(String(type))
      else for (const module of CONSEQUENCES[name.split('.')[0] ?? ''] ?? []) stale.add(module)
      timer ??= setTimeout(tell, everyMilliseconds)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Listens until stopped. After a break everything is read again: what was announced meanwhile was not heard. */
function listenToNews(everyMilliseconds: number, afterBreak: boolean): () => void {
  const gathered = gatherer(everyMilliseconds)
  let source: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let tries = afterBreak ? 1 : 0
  const open = () => {
    clearTimeout(again)
    source?.close()
    source = new EventSource('/api/live')
    source.addEventListener('open', () => {
      tellLine(true)
      if (tries > 0) refresh(...Object.keys(CONSEQUENCES))
      tries = 0
    })
    source.addEventListener('error', down)
    source.addEventListener('news', (message: MessageEvent<string>) => gathered.hear(JSON.parse(message.data) as News))
  }
  const down = () => {
    source?.close()
    tellLine(false)
    const wait = Math.min(LONGEST_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** tries)
    tries += 1
    clearTimeout(again)
    // Many walls of one house do not all come back in the same instant.
    again = setTimeout(open, wait * (0.75 + 0.5 * Math.random()))
  }
  open()
  addEventListener('online', open)
  addEventListener('offline', down)
  return () => {
    removeEventListener('online', open)
    removeEventListener('offline', down)
    clearTimeout(again)
    gathered.stop()
    source?.close()
    tellLine(true)
  }
}

/** `breaks` counts the times the line was found dead by other means: each begins to listen anew. */
export function useLiveNews(signedIn: boolean, everyMilliseconds: number = GATHER_MILLISECONDS, breaks = 0): void {
  useEffect(
    () => (signedIn ? listenToNews(everyMilliseconds, breaks > 0) : undefined),
    [signedIn, everyMilliseconds, breaks],
  )
}
