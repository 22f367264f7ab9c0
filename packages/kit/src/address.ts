import { isIP, isIPv4, isIPv6 } from 'node:net'

/**
 * An IP address in the one form that we compare and store, or undefined where the text is none: IPv6 shortened, without a
 * zone, and an IPv4 address that a dual-stack socket shows as IPv6 as what it is.
 */
export const plainAddress = (text: string | undefined): string | undefined => {
  const address = text?.replace(/%.*$/s, '') ?? ''
  if (isIPv4(address)) return address
  if (!isIPv6(address)) return undefined
  const groups = groupsOf(address)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  return isMapped ? [...groups.slice(6)].flatMap((group) => [group >> 8, group & 0xff]).join('.') : shorten(address)
}

/**
 * Where an address belongs, as a network: an IPv4 address alone, of IPv6 the 64 bits that one customer has all addresses of,
 * so that nobody counts as many by changing the rest.
 */
export const networkOf = (address: string): string => {
  if (isIP(address) !== 6) return `${address}/32`
  const groups = groupsOf(address).slice(0, 4)
  return `${shorten(`${groups.map((group) => group.toString(16)).join(':')}::`)}/64`
}

/** The URL standard writes an IPv6 address in one way: small letters, shortened, all of it hexadecimal. */
const shorten = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1)

const groupsOf = (address: string): readonly number[] => {
  const [head = '', tail = ''] = shorten(address).split('::')
  const parse = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const [first, last] = [parse(head), parse(tail)]
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last]
}
