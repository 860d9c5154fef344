/** The command line as an operator uses it: help, first administrator, lock-out, a key, an import, a backup restored elsewhere, a doctor who finds what is wrong. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createApiClient, signInTo } from '#platform/http/client'
import { apiContract } from '../apps/contract.ts'
import { type ServerChild, serverChild } from './server.ts'

const account = { name: 'founder', email: 'founder@scenario.example', password: 'a password for scenarios' }
let server: ServerChild
beforeAll(async () => {
  server = await serverChild()
})
afterAll(async () => {
  await server?.kill()
  await server?.remove()
})

function bihuan(words: string[], environment: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      BIHUAN_DATA: server.dataDirectory,
      BIHUAN_PORT: new URL(server.address).port,
      ...environment,
    }
    execFile(process.execPath, ['apps/cli.ts', ...words], { env, timeout: 120_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: `${stdout}${stderr}` })
    })
  })
}

test('help lists every command; a wrong one says so', async () => {
  const { code, output } = await bihuan(['help'])
  expect(code).toBe(0)
  for (const command of ['start', 'demo', 'migrate', 'import', 'key create', 'doctor', 'backup', 'restore'])
    expect(output).toContain(command)
  expect(await bihuan(['dance'])).toMatchObject({
    code: 2,
    output: expect.stringContaining('There is no command "dance"'),
  })
  expect(await bihuan(['import'])).toMatchObject({ code: 2 })
  expect(await bihuan(['doctor'], { BIHUAN_PORT: 'seven' })).toMatchObject({
    code: 1,
    output: expect.stringContaining('BIHUAN_PORT is "seven"'),
  })
})

test('the first administrator comes by the one-time code, once; ten wrong passwords lock', async () => {
  await server.start()
  const printed = () => /one-time code: ([A-Z0-9]+)/.exec(server.output())?.[1]
  await vi.waitFor(() => expect(printed()).toBeDefined())
  const nobody = createApiClient(apiContract, server.address, () => ({}))
  expect(await nobody.organisation.setupState({})).toEqual({ needed: true })
  const input = { organisationName: 'Own', timeZone: 'Asia/Shanghai', ...account }
  await expect(nobody.organisation.setUp({ code: 'WRONGCODE2', ...input })).rejects.toMatchObject({
    code: 'SETUP_CODE_WRONG',
  })
  await expect(
    nobody.organisation.setUp({ code: printed()!, ...input, timeZone: 'Mars/Olympus' }),
  ).rejects.toMatchObject({ code: 'INVALID' })
  await expect(nobody.organisation.setUp({ code: printed()!, ...input, password: 'short' })).rejects.toMatchObject({
    code: 'INVALID',
  })
  await nobody.organisation.setUp({ code: printed()!, ...input })
  await expect(nobody.organisation.setUp({ code: printed()!, ...input })).rejects.toMatchObject({ code: 'SETUP_DONE' })
  expect(await nobody.organisation.setupState({})).toEqual({ needed: false })

  const cookie = await signInTo(server.address, account.email, account.password)
  const founder = createApiClient(apiContract, server.address, () => ({ cookie, origin: server.address }))
  const person = await founder.organisation.createPerson({
    name: 'Second',
    email: 'second@scenario.example',
    password: 'another long password',
    roles: [{ role: 'improvement-office' }],
  })
  const statuses: number[] = []
  for (let tries = 0; tries < 12; tries += 1) {
    const answer = await fetch(`${server.address}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.address },
      body: JSON.stringify({ email: person.email, password: 'guess' }),
    })
    statuses.push(answer.status)
  }
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 423, 423])
  await expect(signInTo(server.address, person.email, 'another long password')).rejects.toThrow('423')

  await founder.organisation.createEntity({ key: 'HALL', name: 'Hall', kind: 'hall' })
  const { key } = await founder.organisation.createKey({
    name: 'mapper',
    permissions: ['imports.run'],
    expiresInDays: 1,
  })
  const mapper = createApiClient(apiContract, server.address, () => ({ authorization: `Bearer ${key}` }))
  await mapper.measurement.saveMapping({
    name: 'rows',
    definition: { eventType: 'row', entity: { key: 'HALL' }, time: { column: 'time' }, identity: ['id'] },
  })
  const file = join(server.dataDirectory, '..', 'rows.csv')
  writeFileSync(
    file,
    `id,time\n${Array.from({ length: 500 }, (_, index) => `r${index},2026-03-01T00:00:00Z`).join('\n')}\n`,
  )
  expect(await bihuan(['import', file, '--as', 'rows'])).toMatchObject({
    code: 2,
    output: expect.stringContaining('--key'),
  })
  const running = await bihuan(['import', file, '--as', 'rows', '--key', key])
  expect(running).toMatchObject({ code: 0, output: expect.stringContaining('500 stored') })
  expect(await bihuan(['key', 'create', 'x', '--may', 'imports.run'])).toMatchObject({
    code: 1,
    output: expect.stringMatching(/in use by process \d+/),
  })
  // A key that is ended opens nothing any more.
  const [kept] = await founder.organisation.listKeys({})
  await founder.organisation.revokeKey({ id: kept!.id })
  await expect(mapper.measurement.listMappings({})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  expect(await server.stop()).toBe(0)
})

test('stopped: import, key, backup, restore into another directory with everything there', async () => {
  const file = join(server.dataDirectory, '..', 'rows.csv')
  expect(await bihuan(['import', file, '--as', 'rows'])).toMatchObject({
    code: 0,
    output: expect.stringContaining('0 stored, 500 known already'),
  })
  expect(await bihuan(['key', 'create', 'reader', '--may', 'no.such.right'])).toMatchObject({
    code: 2,
    output: expect.stringContaining('measurements.read'),
  })
  const made = await bihuan(['key', 'create', 'reader', '--may', 'measurements.read'])
  const key = /bh_[\w-]+/.exec(made.output)![0]

  const copy = join(server.dataDirectory, '..', 'copy')
  expect(await bihuan(['backup', copy])).toMatchObject({ code: 0 })
  expect(await bihuan(['backup', copy])).toMatchObject({ code: 1, output: expect.stringContaining('is not empty') })
  const manifest = JSON.parse(readFileSync(join(copy, 'bihuan-backup.json'), 'utf8')) as {
    files: Record<string, string>
  }
  expect(Object.keys(manifest.files).length).toBeGreaterThan(100)
  const restored = join(server.dataDirectory, '..', 'restored')
  expect(await bihuan(['restore', copy], { BIHUAN_DATA: restored })).toMatchObject({ code: 0 })
  const again = await serverChild({ dataDirectory: restored })
  try {
    await again.start()
    const reader = createApiClient(apiContract, again.address, () => ({ authorization: `Bearer ${key}` }))
    expect((await reader.measurement.eventTypes({})).map((type) => [type.type, type.count])).toEqual([['row', 500]])
    expect(await signInTo(again.address, account.email, account.password)).toContain('session_token')
  } finally {
    await again.stop()
  }
  await appendFile(join(copy, Object.keys(manifest.files).find((name) => name.startsWith('files/'))!), 'x')
  const refused = await bihuan(['restore', copy], { BIHUAN_DATA: join(server.dataDirectory, '..', 'elsewhere') })
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('not as it was made') })
  expect(existsSync(join(server.dataDirectory, '..', 'elsewhere', 'records'))).toBe(false)
})

test('doctor names what is wrong and how to mend it', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  const sick = await bihuan(['doctor'], {
    BIHUAN_PORT: String(port),
    BIHUAN_RECORDS_URL: 'postgres://nobody@127.0.0.1:1/none',
  })
  taken.close()
  expect(sick.code).toBe(1)
  expect(sick.output).toMatch(/✗ Port\s+Port \d+ is taken/)
  expect(sick.output).toMatch(/✗ Records\s+The server of BIHUAN_RECORDS_URL does not answer/)
  await server.start()
  const busy = await bihuan(['doctor'])
  expect(busy.output).toMatch(/✗ Lock\s+Process \d+ .* kill \d+/)
  expect(await bihuan(['start'])).toMatchObject({ code: 1, output: expect.stringMatching(/in use by process \d+/) })
  await server.stop()
})
