import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../context.ts'
import { openFiles } from '../files/files.ts'
import { ORGANISATION, openTestWorld, OTHER_ORGANISATION, testPerson, type TestWorld } from '../testing/world.ts'
import { createAttachments, UNUSED_LIMIT } from './attachments.ts'
import { PNG } from './pictures-for-test.ts'

const directory = mkdtempSync(join(tmpdir(), 'bihuan-attachments-'))
const attachments = createAttachments(openFiles(directory))
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld({ organisations: [ORGANISATION, OTHER_ORGANISATION] })
})
afterAll(async () => {
  await world.close()
  rmSync(directory, { recursive: true, force: true })
})

async function* inPieces(bytes: Uint8Array) {
  for (let place = 0; place < bytes.length; place += 7) yield bytes.subarray(place, place + 7)
}
const upload = (who: string, name: string, bytes: Uint8Array | string, organisation = ORGANISATION) =>
  world.platform.apart(testPerson(who), organisation, (context) =>
    attachments.receive(context, name, inPieces(Buffer.from(bytes))),
  )
const as =
  (who: string, organisation = ORGANISATION) =>
  <T>(work: (context: Context) => Promise<T>) =>
    world.as(testPerson(who), organisation).run(work)
async function read(id: string, usedBy: string, organisation = ORGANISATION): Promise<string> {
  const { body } = await as('Ann', organisation)((context) => attachments.open(context, id, usedBy))
  const chunks: Uint8Array[] = []
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('base64')
}

test('a file is kept, tied to a thing by who uploaded it, and read through that thing only', async () => {
  const file = await upload('Ann', '照片.png', PNG)
  expect(file).toMatchObject({ name: '照片.png', type: 'image/png', sizeBytes: PNG.length })
  await expect(read(file.id, 'appeal 1')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(as('Bob')((context) => attachments.use(context, [file.id], 'appeal 1'))).rejects.toMatchObject({
    code: 'ATTACHMENT_UNKNOWN',
  })
  await as('Ann')((context) => attachments.use(context, [file.id], 'appeal 1'))
  expect(await read(file.id, 'appeal 1')).toBe(PNG.toString('base64'))
  expect((await as('Ann')((context) => attachments.of(context, ['appeal 1', 'appeal 2']))).get('appeal 1')).toEqual([
    file,
  ])
  // What is in use is not used twice, nor read through something else or by another organisation.
  await expect(as('Ann')((context) => attachments.use(context, [file.id], 'appeal 2'))).rejects.toMatchObject({
    code: 'ATTACHMENT_UNKNOWN',
  })
  await expect(read(file.id, 'appeal 2')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(read(file.id, 'appeal 1', OTHER_ORGANISATION)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('all files of one request are used, or none', async () => {
  const one = await upload('Cid', 'a.txt', 'one')
  const missing = '01900000-0000-7000-8000-0000000000ff'
  await expect(as('Cid')((context) => attachments.use(context, [one.id, missing], 'x'))).rejects.toMatchObject({
    code: 'ATTACHMENT_UNKNOWN',
  })
  await as('Cid')((context) => attachments.use(context, [one.id, one.id], 'x'))
  await as('Cid')((context) => attachments.use(context, [], 'x'))
})

test.each([
  ['a program', 'a.pdf', 'MZ\x90\0', 'ATTACHMENT_TYPE'],
  ['a picture that is cut off', 'a.png', PNG.subarray(0, 40), 'ATTACHMENT_TYPE'],
  ['nothing', 'a.txt', '', 'ATTACHMENT_EMPTY'],
] as const)('%s is refused and leaves nothing behind', async (_name, name, bytes, code) => {
  const before = readdirSync(join(directory, ORGANISATION)).length
  await expect(upload('Ann', name, bytes)).rejects.toMatchObject({ code })
  expect(readdirSync(join(directory, ORGANISATION))).toHaveLength(before)
})

test('nobody piles up files that nothing uses; after a day they go, but not the content somebody else uses', async () => {
  const shared = await upload('Dee', 'shared.txt', 'the same content')
  await as('Dee')((context) => attachments.use(context, [shared.id], 'kept'))
  await upload('Eve', 'again.txt', 'the same content')
  for (let n = 1; n < UNUSED_LIMIT; n += 1) await upload('Eve', 'n.txt', `number ${n}`)
  await expect(upload('Eve', 'one.txt', 'too many')).rejects.toMatchObject({ code: 'ATTACHMENTS_MANY' })
  const before = readdirSync(join(directory, ORGANISATION)).length
  await as('Ann')(attachments.forgetUnused)
  expect(readdirSync(join(directory, ORGANISATION))).toHaveLength(before)
  world.clock.advance({ hours: 25 })
  await as('Ann')(attachments.forgetUnused)
  expect(readdirSync(join(directory, ORGANISATION)).length).toBe(before - 2 * (UNUSED_LIMIT - 1))
  expect(Buffer.from(await read(shared.id, 'kept'), 'base64').toString()).toBe('the same content')
  await upload('Eve', 'one.txt', 'room again')
})
