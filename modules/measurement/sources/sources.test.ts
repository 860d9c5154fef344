import { describe, expect, test } from 'vitest'
import { freshnessOf } from '../rules/freshness.ts'
import { isPrivateAddress } from './addresses.ts'
import { nextDue } from './due.ts'
import { matchesPattern } from './folder.ts'
import { judgeSignature, signatureOf } from './signature.ts'

const NOW = Temporal.Instant.from('2026-03-02T01:00:00Z')
const seconds = (off = 0) => String(NOW.epochMilliseconds / 1000 + off)

describe('signatures', () => {
  // Key, message and signature of the specification's reference libraries.
  const known = {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    body: '{"test": 2432232314}',
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  test('as other libraries sign', () => {
    const { secret, id, timestamp, body, signature } = known
    expect(signatureOf(secret, id, timestamp, Buffer.from(body))).toBe(signature)
  })
  const { secret } = known
  const body = Buffer.from('{"a":1}')
  const good = signatureOf(secret, 'm', seconds(), body)
  const cases: [string, { id?: string; timestamp?: string; signature?: string }, string][] = [
    ['right', {}, 'genuine'],
    ['one of several', { signature: `v1,AAAA v2,x ${good}` }, 'genuine'],
    [
      'five minutes old',
      { timestamp: seconds(-300), signature: signatureOf(secret, 'm', seconds(-300), body) },
      'genuine',
    ],
    ['older', { timestamp: seconds(-301), signature: signatureOf(secret, 'm', seconds(-301), body) }, 'time-off'],
    [
      'from the future',
      { timestamp: seconds(301), signature: signatureOf(secret, 'm', seconds(301), body) },
      'time-off',
    ],
    ['another time than signed', { timestamp: seconds(-1) }, 'signature-wrong'],
    ['another id than signed', { id: 'n' }, 'signature-wrong'],
    ['another version', { signature: good.replace('v1', 'v2') }, 'signature-wrong'],
    ['no time', { timestamp: '' }, 'headers-missing'],
    ['a time that is none', { timestamp: '1e9' }, 'time-off'],
    ['no id', { id: '' }, 'headers-missing'],
    ['an id beyond ASCII', { id: '消息' }, 'headers-missing'],
    ['no signature', { signature: '' }, 'headers-missing'],
  ]
  for (const [name, change, verdict] of cases) {
    test(name, () => {
      const headers = { id: 'm', timestamp: seconds(), signature: good, ...change }
      expect(judgeSignature(secret, headers, body, NOW)).toBe(verdict)
    })
  }
})

describe('freshness', () => {
  const ago = (minutes: number) => NOW.subtract({ minutes })
  const cases: [string, boolean, number | null, number | null, number, string][] = [
    ['just arrived', true, 10, 0, 100, 'fresh'],
    ['eight of ten minutes', true, 10, 8, 100, 'fresh'],
    ['more than eight', true, 10, 9, 100, 'late'],
    ['at the limit', true, 10, 10, 100, 'late'],
    ['beyond', true, 10, 11, 100, 'silent'],
    ['never arrived, made just now', true, 10, null, 0, 'fresh'],
    ['never arrived, made long ago', true, 10, null, 11, 'silent'],
    ['set to work again after an older arrival', true, 10, 500, 3, 'fresh'],
    ['nobody waits', true, null, 500, 900, 'unwatched'],
    ['paused', false, 10, 500, 900, 'paused'],
  ]
  for (const [name, enabled, expectWithinMinutes, arrived, watched, expected] of cases) {
    test(name, () => {
      const lastArrivalAt = arrived === null ? null : ago(arrived)
      expect(freshnessOf({ enabled, expectWithinMinutes, lastArrivalAt, watchedSince: ago(watched) }, NOW)).toBe(
        expected,
      )
    })
  }
})

test('which addresses are private', () => {
  const closed = [
    '127.0.0.1',
    '10.9.9.9',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    'not an address',
  ]
  expect(closed.filter((address) => !isPrivateAddress(address))).toEqual([])
  expect(['8.8.8.8', '172.32.0.1', '192.169.0.1', '2606:4700::1111'].filter(isPrivateAddress)).toEqual([])
})

test('names of files', () => {
  expect(matchesPattern('Export-1.CSV', 'export-*.csv')).toBe(true)
  expect(matchesPattern('xcsv', '*.csv')).toBe(false)
  expect(matchesPattern('a(b)+.csv', 'a(b)+.*')).toBe(true)
})

test('when a pull is due', () => {
  const pull = (schedule: { cron: string } | { everyMinutes: number }) =>
    nextDue({ kind: 'pull', url: 'https://x.example', headers: [], schedule }, NOW, 'Asia/Shanghai')?.toString()
  expect(pull({ everyMinutes: 15 })).toBe('2026-03-02T01:15:00Z')
  // Nine in the morning in Shanghai; six o'clock there is ten in the evening in London.
  expect(pull({ cron: '0 6 * * 1-5' })).toBe('2026-03-02T22:00:00Z')
  expect(pull({ cron: '0 6 * *' })).toBeUndefined()
  expect(nextDue({ kind: 'webhook' }, NOW, 'UTC')).toBeNull()
})
