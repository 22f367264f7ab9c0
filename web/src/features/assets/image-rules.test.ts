import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { findFault, MAX_BYTES, sha256Of } from './image-rules.ts'

test.each([
  ['image/png', 1, undefined],
  ['image/jpeg', MAX_BYTES, undefined],
  ['image/webp', MAX_BYTES + 1, 'tooLarge'],
  ['image/png', 0, 'empty'],
  ['image/svg+xml', 10, 'type'],
  ['', 10, 'type'],
])('a file of type "%s" with %i bytes: %s', (type, size, fault) => {
  expect(findFault({ type, size })).toBe(fault)
})

test('the checksum is that of the bytes', async () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, n) => n % 256)
  expect(await sha256Of(new Blob([bytes]))).toBe(createHash('sha256').update(bytes).digest('base64'))
})
