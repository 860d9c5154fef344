/** A flood: what 10,000 notices in a minute become. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivery } from '../tables.ts'
import { robotDraft } from '../contract.ts'
import { type NoticesWorld, openNoticesWorld, teamOf, words } from '../world-for-test.ts'
import { noticeCounts } from './inbox.ts'
import { addRobot, createTeam } from './teams.ts'
import { tell } from './tell.ts'

let all: NoticesWorld
let team = ''
beforeAll(async () => {
  all = await openNoticesWorld()
  team = (await all.run((context) => createTeam(context, teamOf('Response', ['dai'])))).id
})
afterAll(() => all?.close())

test('10,000 notices in a minute: gathered, nothing lost, nothing doubled, memory bounded', {
  timeout: 120_000,
}, async () => {
  const draft = robotDraft.parse({ kind: 'dingtalk', title: 'Group', url: all.robots.url('dingtalk') })
  await all.run((context) => addRobot(all.parts, context, { id: team, ...draft }))
  const before = await all.as('dai').run(noticeCounts)
  const began = performance.now()
  for (let start = 0; start < 10_000; start += 500)
    await all.run(async (context) => {
      for (let number = start; number < start + 500; number += 1)
        await tell(context, {
          to: [{ team }],
          kind: 'alert-raised',
          importance: 'normal',
          words,
          params: { unit: `厅${number}`, count: 1 },
          key: `flood ${number}`,
        })
    })
  const toldSeconds = (performance.now() - began) / 1000
  const heapBefore = process.memoryUsage().heapUsed
  let peak = 0
  for (let second = 0; second < 60 && (await waiting()) > 0; second += 1) {
    await Promise.all([all.deliver(), all.deliver()])
    peak = Math.max(peak, process.memoryUsage().heapUsed - heapBefore)
    all.world.clock.advance({ seconds: 1 })
  }
  expect(await waiting()).toBe(0)
  expect((await all.as('dai').run(noticeCounts)).unread - before.unread).toBe(10_000)
  const sizes = all.robots.heard.map(({ text }) => Number(/(\d+) 条通知/.exec(text)?.[1] ?? 1))
  expect(all.robots.heard.every(({ verdict }) => verdict === 'ok')).toBe(true)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(10_000)
  expect(sizes.length).toBeLessThanOrEqual(20)
  expect(peak).toBeLessThan(100 * 1024 * 1024)
  if (process.env['BIHUAN_TEST_NUMBERS'])
    process.stdout.write(
      `told in ${toldSeconds.toFixed(1)} s, ${sizes.length} messages, heap +${Math.round(peak / 1e6)} MB\n`,
    )
})
async function waiting(): Promise<number> {
  const rows = await all.world.records.owner.select({ state: delivery.state, channel: delivery.channel }).from(delivery)
  // Mail waits for its digest in the morning.
  return rows.filter((row) => row.state === 'waiting' && row.channel !== 'mail').length
}
