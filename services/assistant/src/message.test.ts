import { describe, expect, it } from 'vitest'
import { toReply, userMessage } from './message.ts'

const conversationId = '0199b000-0000-7000-8000-000000000001'
const parse = (text: string) => userMessage.safeParse({ conversationId, text })

describe('what a user sends', () => {
  it.each([
    ['  find lamps ', 'find lamps'],
    ['one\r\ntwo\rthree\n\tfour', 'one\ntwo\nthree\n\tfour'],
    ['e\u0301', 'é'],
    ['x'.repeat(4_000), 'x'.repeat(4_000)],
    ['𝄞 clef', '𝄞 clef'],
  ])('%j is kept as %j', (given, kept) => {
    expect(parse(given).data?.text).toBe(kept)
  })

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['4,001 characters', 'x'.repeat(4_001)],
    ['a million characters', 'x'.repeat(1_000_000)],
    ['a NUL', 'a\u0000b'],
    ['an escape sequence', '\u001b[31mred'],
    ['half a surrogate pair', 'a\ud800'],
    ['a line separator', 'a\u2028b'],
  ])('%s is refused', (_what, text) => {
    expect(parse(text).success).toBe(false)
  })
})

describe('what a model answers', () => {
  it('is brought into the bounds of what is kept', () => {
    const ids = Array.from({ length: 12 }, (_, index) => String(index))
    const { text, productIds } = toReply({
      text: ` a\u0000b\r\nc\ud800 ${'x'.repeat(9_000)}`,
      productIds: [...ids, '1'],
    })
    expect(text.slice(0, 6)).toBe('ab\nc x')
    expect([...text]).toHaveLength(8_000)
    expect(productIds).toEqual(ids.slice(0, 10))
  })

  it('is never empty', () => {
    expect(toReply({ text: ' \u0000 ', productIds: [] }).text).toBe('I have no answer to that.')
  })
})
