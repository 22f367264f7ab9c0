import { generateKeyPairSync } from 'node:crypto'
import type { KeyRingStore } from '../src/key-manager.ts'
import { type KeyPair, type KeyRing, toKeyPair } from '../src/key-ring.ts'

/** Half the length of production's keys: a test signs many and protects nothing. */
export const testKeyPair = (): KeyPair => toKeyPair(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)

/** Keys that are kept nowhere. */
export const memoryKeys = (first: KeyRing): KeyRingStore => {
  let [ring, version] = [first, 1]
  return {
    version: async () => String(version),
    read: async () => ({ ring, version: String(version) }),
    replace: async (changed, before) => {
      if (before !== String(version)) return false
      ring = changed
      version += 1
      return true
    },
  }
}
