/** `import FILE --as MAPPING`: through the running server when there is one, else by opening the installation here. */
import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { join } from 'node:path'
import type { ImportState } from '#measurement/contract'
import type { Permission } from '#organisation/contract'
import { listen } from './installation.ts'
import { readSettings } from './settings.ts'
import { open, say } from './start.ts'
import { createKey } from '../modules/organisation/actions/people.ts'

const POLL_MILLISECONDS = 500

export interface ImportCall {
  readonly path: string
  readonly mapping: string
  readonly dryRun: boolean
  readonly key: string | undefined
}

/** Calls routes by method and path; a refusal becomes an error with its words. */
export function asking(address: string, key: string) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const raw = body instanceof Blob
    const response = await fetch(`${address}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    })
    const answer = (await response.json()) as { title?: string; data?: unknown }
    if (!response.ok)
      throw new Error(`${answer.title ?? response.statusText} ${answer.data ? JSON.stringify(answer.data) : ''}`)
    return answer
  }
}

/** Uploads the file, starts the import and tells how far it is until it ends. */
export async function runImport(address: string, key: string, call: ImportCall): Promise<number> {
  const ask = asking(address, key)
  const name = basename(call.path)
  const { file } = (await ask('POST', `/files?name=${encodeURIComponent(name)}`, await openAsBlob(call.path))) as {
    file: string
  }
  let state = (await ask('POST', '/imports', { file, mapping: call.mapping, dryRun: call.dryRun })) as ImportState
  let shown = ''
  while (state.state === 'waiting' || state.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
    state = (await ask('GET', `/imports/${state.id}`)) as ImportState
    const percent = state.totalBytes > 0 ? Math.floor((100 * state.readBytes) / state.totalBytes) : 0
    const line = `· ${percent} %  ${state.rows} rows, ${state.stored} stored, ${state.duplicates} known already, ${state.refused} refused`
    if (line !== shown) say(line)
    shown = line
  }
  for (const issue of state.issues) say(`  row ${issue.row}, ${issue.field}: ${issue.message}`)
  say(
    `${state.state}: ${state.rows} rows, ${state.stored} stored, ${state.duplicates} known already, ${state.corrected} corrected, ${state.refused} refused`,
  )
  if (state.problem) say(state.problem)
  return state.state === 'done' && state.refused === 0 ? 0 : 1
}

export async function importFile(call: ImportCall): Promise<number> {
  try {
    await stat(call.path)
  } catch {
    say(`There is no file ${call.path}.`)
    return 2
  }
  return throughServer({ key: call.key, rights: ['imports.run'] }, (address, key) => runImport(address, key, call))
}

/** Through the running server, which needs a key, or through one of its own with a key that is made for it. */
export async function throughServer(
  call: { readonly key: string | undefined; readonly rights: readonly Permission[] },
  work: (address: string, key: string) => Promise<number>,
): Promise<number> {
  const settings = readSettings(process.env, { dataDirectory: join(import.meta.dirname, '..', 'data') })
  const address = `http://${settings.host}:${settings.port}`
  const running = await fetch(`${address}/healthz`).then(
    (response) => response.ok,
    () => false,
  )
  if (running) {
    if (!call.key) {
      const rights = call.rights.join(', ')
      say(`The server is running: give a key with --key or BIHUAN_KEY (make one under Admin > Keys; right: ${rights}).`)
      return 2
    }
    return work(address, call.key)
  }
  const installation = await open(settings)
  const organisations = await installation.platform.organisations()
  if (organisations.length !== 1) {
    await installation.close()
    say('Set the installation up first: npm start')
    return 1
  }
  const server = await listen(installation, { host: '127.0.0.1', port: 0, webDirectory: null })
  try {
    const { key } = await installation.platform.run(installation.platform.systemActor, organisations[0]!, (context) =>
      createKey(installation.signIn, context, {
        name: 'console',
        permissions: [...call.rights],
        expiresInDays: 1,
      }),
    )
    return await work(server.address, key)
  } finally {
    await server.stop()
  }
}
