import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { lockDirectory, processStart } from './directory-lock.ts'

let directory: string
const file = () => join(directory, 'bihuan.lock')
const write = (owner: object) => writeFileSync(file(), JSON.stringify(owner))
/** No process has this number: Linux ends at 2^22. */
const NOBODY = 2 ** 22 + 1

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bihuan-lock-'))
  return () => rmSync(directory, { recursive: true, force: true })
})

test('a second owner is refused and told who the first is', async () => {
  const lock = await lockDirectory(directory)
  await expect(lockDirectory(directory)).rejects.toMatchObject({ name: 'DirectoryLocked', pid: process.pid })
  lock.release()
  const again = await lockDirectory(directory)
  again.release()
  expect(readdirSync(directory)).toEqual([])
})

const old = [
  ['a process that ended', { pid: NOBODY, started: 'x 1', host: hostname() }],
  ['another process that was given the same number', { pid: process.pid, started: 'x 1', host: hostname() }],
  ['nobody: an empty text', {}],
] as const
test.each(old)('the lock of %s is taken over', async (_who, owner) => {
  write(owner)
  const lock = await lockDirectory(directory)
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
    pid: process.pid,
    started: processStart(process.pid),
  })
  lock.release()
})

test('the lock of another machine holds while it is touched, and no longer', async () => {
  write({ pid: 7, started: '', host: 'elsewhere' })
  await expect(lockDirectory(directory)).rejects.toMatchObject({ pid: 7 })
  const longAgo = Temporal.Now.instant().epochMilliseconds / 1000 - 3_600
  utimesSync(file(), longAgo, longAgo)
  const lock = await lockDirectory(directory)
  lock.release()
})

test('of many starters over one old lock exactly one wins', async () => {
  for (let round = 0; round < 20; round += 1) {
    write({ pid: NOBODY, started: '', host: hostname() })
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(directory)))
    const won = answers.filter((answer) => answer.status === 'fulfilled')
    expect(won.length).toBe(1)
    won[0]!.value.release()
  }
})
