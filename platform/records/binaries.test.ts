import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { firstClosedFolder, linkLibraries } from './binaries.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-binaries-'))
  return () => rmSync(folder, { recursive: true, force: true })
})

test('makes the links an install without scripts lacks, and bears those that are there', async () => {
  const native = join(folder, 'native')
  mkdirSync(join(native, 'lib'), { recursive: true })
  writeFileSync(join(native, 'lib', 'libicuuc.so.60.2'), 'the library')
  const links = [{ source: 'native/lib/libicuuc.so.60.2', target: 'native/lib/libicuuc.so.60' }]
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links))
  await linkLibraries(native)
  await linkLibraries(native)
  expect(readFileSync(join(native, 'lib', 'libicuuc.so.60'), 'utf8')).toBe('the library')
})

test('names the first folder another user may not enter', async () => {
  const closed = join(folder, 'closed')
  mkdirSync(join(closed, 'inner'), { recursive: true })
  chmodSync(folder, 0o711)
  chmodSync(closed, 0o700)
  const other = { uid: 64_999, gid: 64_999, name: 'other' }
  expect(await firstClosedFolder(join(closed, 'inner'), other)).toBe(closed)
  chmodSync(closed, 0o711)
  expect(await firstClosedFolder(join(closed, 'inner'), other)).toBe(undefined)
})
