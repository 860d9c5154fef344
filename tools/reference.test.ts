import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reference, REFERENCE } from './write-reference.ts'

test('the generated reference is current (npm run reference)', async () => {
  const made = await reference()
  expect(readFileSync(REFERENCE.document, 'utf8') === made.document, 'docs/reference/openapi.json').toBe(true)
  expect(readFileSync(REFERENCE.page, 'utf8') === made.page, 'docs/reference/api.md').toBe(true)
})
