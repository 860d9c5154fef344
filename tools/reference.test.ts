import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reference, REFERENCE } from './write-reference.ts'

test('the generated reference is current (npm run reference)', async () => {
  expect(readFileSync(REFERENCE, 'utf8') === (await reference())).toBe(true)
})
