import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingPlatforms } from './complete-lock.ts'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Parameters<typeof missingPlatforms>[0]

test('the lock holds every platform its packages ask for (npm run lock)', () => {
  expect(missingPlatforms(lock).map((missing) => missing.path)).toEqual([])
})

test('a platform left out is found', () => {
  const packages = { 'node_modules/a': { optionalDependencies: { '@a/lib-linux-arm64-gnu': '1.0.0' } } }
  expect(missingPlatforms({ packages })).toEqual([
    {
      path: 'node_modules/@a/lib-linux-arm64-gnu',
      entry: { version: '1.0.0', cpu: ['arm64'], os: ['linux'], libc: ['glibc'], optional: true },
    },
  ])
})

test('the lock names no registry', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved"/)
})
