import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalText } from '../text/canonical-text.ts'
import { keyIdOf, newKeyPair, signText, textIsSigned } from './ed25519.ts'

// RFC 8032, section 7.1, tests 1 to 3: secret key, public key, message, signature.
const published = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
] as const
/** PKCS #8 of an Ed25519 seed: RFC 8410, section 7. */
const HEAD = '302e020100300506032b657004220420'
const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')

test('as RFC 8032 says', () => {
  for (const [seed, publicKey, message, signature] of published) {
    const text = Buffer.from(message, 'hex').toString('utf8')
    expect(signText(text, base64(HEAD + seed))).toBe(base64(signature))
    expect(textIsSigned(text, base64(signature), base64(publicKey))).toBe(true)
  }
})

test('whatever is signed is found good, and nothing else is', () => {
  const pair = newKeyPair()
  expect(pair.keyId).toBe(keyIdOf(pair.publicKey))
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (content, other) => {
      const text = canonicalText(content)
      const signature = signText(text, pair.privateKey)
      expect(textIsSigned(text, signature, pair.publicKey)).toBe(true)
      const changed = canonicalText(other)
      if (changed !== text) expect(textIsSigned(changed, signature, pair.publicKey)).toBe(false)
    }),
    { numRuns: 50 },
  )
  expect(textIsSigned('a', signText('a', pair.privateKey), newKeyPair().publicKey)).toBe(false)
})

test.each([
  ['no key', 'x', ''],
  ['half a key', 'x', base64('00'.repeat(16))],
  ['no signature', '', 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'],
  ['not base64', '£$%', base64('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')],
])('%s is no signature, and no fault', (_name, signature, key) => {
  expect(textIsSigned('', signature, key)).toBe(false)
})
