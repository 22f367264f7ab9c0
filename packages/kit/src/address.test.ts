import { describe, expect, it } from 'vitest'
import { networkOf, plainAddress } from './address.ts'

describe('plainAddress', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
    ['::', '::'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ])('%s is %s', (text, address) => {
    expect(plainAddress(text)).toBe(address)
  })

  it.each([
    undefined,
    '',
    'unknown',
    '203.0.113.9:80',
    '203.0.113',
    "1' or 1=1",
    '1.2.3.4\n5.6.7.8',
    '<b>',
    '010.1.1.1',
  ])('%j is none', (text) => {
    expect(plainAddress(text)).toBeUndefined()
  })
})

describe('networkOf', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9/32'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8::/64'],
    ['::1', '::/64'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('is one for all that one customer can choose, and another beside it', () => {
    expect(networkOf('2001:db8:0:7:ffff::')).toBe(networkOf('2001:db8:0:7::1'))
    expect(networkOf('2001:db8:0:8::1')).not.toBe(networkOf('2001:db8:0:7::1'))
  })
})
