/** How soon an event is seen: from the moment it is sent to a running server until it can be read back, an open screen is told, an alert stands on it. */
import { createApiClient, signInTo } from '../../platform/http/client.ts'
import { apiContract } from '../../apps/contract.ts'
import { serverChild } from '../../scenarios/server.ts'
import { type Comparison, hashOf, median } from '../measurement-store.ts'

const ROUNDS = { small: 3, large: 30 } as const
const account = { email: 'live@bench.example', password: 'a password for benchmarks' }

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison[]> {
  const server = await serverChild()
  try {
    await server.start()
    const code = await printedCode(server.output)
    const nobody = createApiClient(apiContract, server.address, () => ({ origin: server.address }))
    await nobody.organisation.setUp({
      code,
      organisationName: 'Bench',
      name: 'Live',
      timeZone: 'Asia/Shanghai',
      ...account,
    })
    const cookie = await signInTo(server.address, account.email, account.password)
    const api = createApiClient(apiContract, server.address, () => ({ cookie, origin: server.address }))
    await api.organisation.createEntity({ key: 'HALL', name: 'Hall', kind: 'hall' })
    const line = await newsLine(server.address, cookie)
    const told: number[] = []
    const shown: number[] = []
    const health: number[] = []
    for (let round = 0; round < ROUNDS[size]; round += 1) {
      const at = Temporal.Now.instant().toString()
      const heard = line.next('measurement.recorded')
      const start = performance.now()
      await api.measurement.recordEvents({ events: [{ id: `live-${round}-${at}`, type: 'visit', entity: 'HALL', at }] })
      await api.measurement.listEvents({ type: 'visit', limit: 1 })
      shown.push(performance.now() - start)
      await heard
      told.push(performance.now() - start)
      const before = performance.now()
      await fetch(`${server.address}/healthz`)
      health.push(performance.now() - before)
    }
    const alerted = await alertTimes(api, line, ROUNDS[size])
    line.close()
    const reference = median(health)
    const row = (name: string, times: readonly number[]): Comparison => ({
      name,
      ours: Math.max(...times),
      reference,
      ratio: Math.max(...times) / reference,
      unit: 'ms',
      answerHash: hashOf(times.length),
    })
    return [
      row('from sending to reading it back, slowest', shown),
      row('from sending to the news on an open screen, slowest', told),
      row('from the third fault in a row to its alert on an open screen, slowest', alerted),
    ]
  } finally {
    await server.stop()
    await server.remove()
  }
}

type Api = ReturnType<typeof createApiClient<typeof apiContract>>

/** A fault that repeats itself for the third time, each round at another place; the screen is told and reads the alert. */
async function alertTimes(
  api: Api,
  line: { readonly next: (name: string) => Promise<void> },
  rounds: number,
): Promise<number[]> {
  await api.alerts.saveRule({
    id: 'again',
    title: { zh: '重复故障', en: 'The same fault again' },
    indicator: null,
    grain: 'day',
    watch: { entityKind: 'hall' },
    condition: { kind: 'repeated', eventType: 'fault', same: ['cause'], windowHours: 24, levels: { orange: 3 } },
    startsOn: Temporal.Now.plainDateISO('UTC').subtract({ days: 2 }).toString(),
  })
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const entity = `LIFT-${round}`
    await api.organisation.createEntity({ key: entity, name: entity, kind: 'hall' })
    const fault = (id: number) => ({
      id: `fault-${round}-${id}`,
      type: 'fault',
      entity,
      at: Temporal.Now.instant().toString(),
      attributes: { cause: 'door' },
    })
    await api.measurement.recordEvents({ events: [fault(1), fault(2)] })
    const heard = line.next('alerts.raised')
    const start = performance.now()
    await api.measurement.recordEvents({ events: [fault(3)] })
    await heard
    const { rows } = await api.alerts.listAlerts({ entity, limit: 1 })
    if (rows.length !== 1) throw new Error(`no alert stands for ${entity}`)
    times.push(performance.now() - start)
  }
  return times
}

const CODE_TRIES_LIMIT = 100

/** The console prints it a moment after the server answers. */
async function printedCode(output: () => string): Promise<string> {
  for (let tries = 0; tries < CODE_TRIES_LIMIT; tries += 1) {
    const code = /one-time code: ([A-Z0-9]+)/.exec(output())?.[1]
    if (code !== undefined) return code
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The console printed no one-time code.')
}

async function newsLine(address: string, cookie: string) {
  const stop = new AbortController()
  const answer = await fetch(`${address}/api/live`, { headers: { cookie, origin: address }, signal: stop.signal })
  const waiting = new Map<string, () => void>()
  void (async () => {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream()))
      for (const [name, heard] of waiting) if (chunk.includes(name)) heard()
  })().catch(() => {})
  return {
    next: (name: string) => new Promise<void>((resolve) => waiting.set(name, resolve)),
    close: () => stop.abort(),
  }
}
