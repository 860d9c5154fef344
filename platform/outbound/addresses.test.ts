import { expect, test } from 'vitest'
import { isPrivateAddress } from './addresses.ts'

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
