/** Which machines the product may speak to at addresses people typed in: those of the public network, unless its own is allowed too. */
import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Networks that are not the public one (IANA special-purpose registries, RFC 6890 and its updates). */
const PRIVATE: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]

// One list for each family: in a common one every IPv4 address would fall under the networks of IPv6 that hold them.
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() }
const familyOf = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6')
for (const [network, prefix] of PRIVATE) blocked[familyOf(network)].addSubnet(network, prefix, familyOf(network))

/** An IPv4 address in the form of IPv6 counts as private: no public machine needs it. */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 0) return true
  const family = familyOf(address)
  return blocked[family].check(address, family)
}

export class AddressRefused extends Error {
  readonly host: string
  constructor(host: string) {
    super(`The address of ${host} lies in a private network.`)
    this.name = 'AddressRefused'
    this.host = host
  }
}

/** Throws `AddressRefused` for an address written as such; names are judged when they are looked up. */
export function demandPublicHost(url: URL, privateAllowed: boolean): void {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!privateAllowed && isIP(host) !== 0 && isPrivateAddress(host)) throw new AddressRefused(host)
}

/** Looks a name up and judges what is connected to, so that a name cannot change between the look and the connection. */
export const guardedLookup =
  (privateAllowed: boolean): LookupFunction =>
  (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '')
      const bad = privateAllowed ? undefined : addresses.find(({ address }) => isPrivateAddress(address))
      if (bad) return done(new AddressRefused(host), '')
      if (options.all) return done(null, addresses)
      const [first] = addresses
      done(null, first?.address ?? '', first?.family)
    })
  }
