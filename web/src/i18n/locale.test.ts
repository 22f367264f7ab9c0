import { expect, test } from 'vitest'
import en from '../../messages/en.json' with { type: 'json' }
import pt from '../../messages/pt.json' with { type: 'json' }
import { negotiateLocale } from './locale.ts'

test.each([
  [null, 'en'],
  ['', 'en'],
  ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
  ['de-DE,de;q=0.9,pt;q=0.5', 'pt'],
  ['de-DE,de', 'en'],
  ['pt;q=0.4, en;q=0.7', 'en'],
  ['pt;q=0', 'en'],
  ['*', 'en'],
])('%s gives %s', (header, locale) => {
  expect(negotiateLocale(header)).toBe(locale)
})

type Node = string | { readonly [key: string]: Node }

/** Every message with its arguments: "products.count {count}". */
const outline = (node: Node, path = ''): string[] => {
  if (typeof node !== 'string')
    return Object.entries(node).flatMap(([key, child]) => outline(child, path === '' ? key : `${path}.${key}`))
  const placeholders = [...node.matchAll(/[{<](\w+)[,}>]/g)].map(([, name]) => name)
  return [[path, ...new Set(placeholders.sort())].join(' ')]
}

test('every language has the same messages with the same arguments', () => {
  expect(outline(pt)).toEqual(outline(en))
})
