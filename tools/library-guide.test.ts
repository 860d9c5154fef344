import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GUIDES, libraryGuide } from './write-library-guide.ts'

test.each(['zh', 'en'] as const)('the guide of the library is current in %s (npm run reference)', (language) => {
  expect(readFileSync(GUIDES[language], 'utf8') === libraryGuide(language)).toBe(true)
})

test('no Chinese is left in the English guide', () => {
  expect(libraryGuide('en').match(/\p{Script=Han}+/u)).toBeNull()
})
