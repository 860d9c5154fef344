import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSealer } from '../sealing.ts'
import { ORGANISATION, openTestWorld, OTHER_ORGANISATION, testPerson, type TestWorld } from '../testing/world.ts'
import { canonicalText } from '../text/canonical-text.ts'
import { textIsSigned } from './ed25519.ts'
import { createSigner, type Signed } from './signer.ts'
import { signingKey } from './tables.ts'

let world: TestWorld
const signer = createSigner(createSealer('a secret of tests'))
const ann = testPerson('Ann')
const as = (organisation?: string) => world.as(ann, organisation)
const good = ({ content, signature }: Signed<unknown>) =>
  textIsSigned(canonicalText(content), signature.value, signature.publicKey)

beforeAll(async () => {
  world = await openTestWorld({ organisations: [ORGANISATION, OTHER_ORGANISATION] })
})
afterAll(() => world.close())

test('the first signature makes the key; many at once make one', async () => {
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, n) => as().run((context) => signer.signed(context, { b: n, a: '分' }))),
  )
  expect(all.every(good)).toBe(true)
  expect(new Set(all.map(({ signature }) => signature.keyId)).size).toBe(1)
  const keys = await as().run(signer.publicKeys)
  expect(keys).toMatchObject([{ keyId: all[0]!.signature.keyId, retiredAt: null }])
})

test('a new key signs from now on, the old one stays listed and its signatures good', async () => {
  const before = await as().run((context) => signer.signed(context, [1]))
  world.clock.advance({ hours: 1 })
  const fresh = await as().run(signer.rotate)
  const after = await as().run((context) => signer.signed(context, [1]))
  expect(after.signature.keyId).toBe(fresh.keyId)
  expect(after.signature.keyId).not.toBe(before.signature.keyId)
  expect([good(before), good(after)]).toEqual([true, true])
  const keys = await as().run(signer.publicKeys)
  expect(keys.map(({ keyId, retiredAt }) => [keyId, retiredAt === null])).toEqual([
    [before.signature.keyId, false],
    [fresh.keyId, true],
  ])
})

test('two who rotate at once leave one key in use', async () => {
  await Promise.allSettled([as().run(signer.rotate), as().run(signer.rotate), as().run(signer.rotate)])
  const keys = await as().run(signer.publicKeys)
  expect(keys.filter((key) => key.retiredAt === null)).toHaveLength(1)
})

test('another organisation has keys of its own, and the private half is nowhere in the clear', async () => {
  const ours = await as().run((context) => signer.signed(context, 1))
  const theirs = await as(OTHER_ORGANISATION).run((context) => signer.signed(context, 1))
  expect(theirs.signature.keyId).not.toBe(ours.signature.keyId)
  const rows = await world.records.owner.select().from(signingKey)
  for (const row of rows) expect(row.sealed).not.toMatch(/^MC4CAQAw/)
})

test('a key sealed by another installation is told, and a new one helps', async () => {
  const moved = createSigner(createSealer('another secret'))
  await expect(as().run((context) => moved.signed(context, 1))).rejects.toMatchObject({ code: 'SIGNING_KEY_LOST' })
  await as().run(moved.rotate)
  expect(good(await as().run((context) => moved.signed(context, 1)))).toBe(true)
})
