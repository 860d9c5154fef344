import { describe, expect, test } from 'vitest'
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
