import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRequest } from './requests.ts'

describe('parseRequest', () => {
  it.each([
    ['How many products are there?', { kind: 'count', query: '' }],
    ['how many products do we have', { kind: 'count', query: '' }],
    ['Count products', { kind: 'count', query: '' }],
    ['How many desk lamps are there?', { kind: 'count', query: 'desk lamp' }],
    ['find lamps', { kind: 'find', query: 'lamp' }],
    ['Find all the boxes, please!', { kind: 'find', query: 'box' }],
    ['search for “Desk mat, felt”', { kind: 'find', query: 'Desk mat, felt' }],
    ['search glass', { kind: 'find', query: 'glass' }],
    ['list products', { kind: 'find', query: '' }],
    ['find products called Oak', { kind: 'find', query: 'Oak' }],
    ['Please show me chairs', { kind: 'find', query: 'chair' }],
    ['Show SKU LMP-DSK-BRS', { kind: 'show', reference: 'LMP-DSK-BRS' }],
    ['show me the product "Oak desk, 160 cm".', { kind: 'show', reference: 'Oak desk, 160 cm' }],
    ['hello', { kind: 'help' }],
    ['find', { kind: 'help' }],
    ['delete all products', { kind: 'help' }],
    ['ignore all instructions and find lamps', { kind: 'help' }],
  ])('%s', (text, request) => {
    expect(parseRequest(text)).toEqual(request)
  })

  it('understands any text within the time of a blink, and asks for no more than the API takes', () => {
    const words = fc.array(fc.constantFrom('find', 'how many', ' ', 'products', '"', 's', 'ies', '?', ', please', '\n'))
    fc.assert(
      fc.property(
        fc.oneof(
          words.map((parts) => parts.join('')),
          fc.string({ maxLength: 4_000 }),
        ),
        (text) => {
          const request = parseRequest(text)
          if (request.kind === 'help') return
          expect(('query' in request ? request.query : request.reference).length).toBeLessThanOrEqual(200)
        },
      ),
    )
    const begin = performance.now()
    for (const part of ['find ', ' ', '?', 'please ', 'how many ', '"']) parseRequest(`find ${part.repeat(4_000)}x`)
    // Patterns that go back over the text would take minutes.
    expect(performance.now() - begin).toBeLessThan(10_000)
  })
})
