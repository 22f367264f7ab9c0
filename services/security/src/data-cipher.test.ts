import { randomBytes } from 'node:crypto'
import { Secret } from '@neotool/kit/config'
import { describe, expect, it } from 'vitest'
import { createDataCipher } from './data-cipher.ts'

const newCipher = () => createDataCipher(new Secret(randomBytes(32).toString('base64')))
const content = Buffer.from('twenty bytes, or so.')

describe('the data cipher', () => {
  it('opens what it sealed, and seals nothing the same way twice', () => {
    const cipher = newCipher()
    const [one, other] = [cipher.seal(content, 'ann'), cipher.seal(content, 'ann')]
    expect(cipher.open(one, 'ann')).toEqual(content)
    expect(one.equals(other)).toBe(false)
    expect(one.includes(content)).toBe(false)
  })

  it('opens neither for another owner nor with another key', () => {
    const cipher = newCipher()
    const sealed = cipher.seal(content, 'ann')
    expect(() => cipher.open(sealed, 'bob')).toThrow()
    expect(() => newCipher().open(sealed, 'ann')).toThrow()
  })

  it('notices every changed bit and every missing byte', () => {
    const cipher = newCipher()
    const sealed = cipher.seal(content, 'ann')
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(() => cipher.open(changed, 'ann')).toThrow()
      expect(() => cipher.open(sealed.subarray(0, at), 'ann')).toThrow()
    }
  })

  it('hashes by owner and key', () => {
    const cipher = newCipher()
    expect(cipher.hash('code', 'ann')).toEqual(cipher.hash('code', 'ann'))
    expect(cipher.hash('code', 'ann')).not.toEqual(cipher.hash('code', 'bob'))
    expect(cipher.hash('code', 'ann')).not.toEqual(newCipher().hash('code', 'ann'))
  })
})
