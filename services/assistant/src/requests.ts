/** What the offline model understands, in English. Everything else gets help. */
export type ProductRequest =
  | { readonly kind: 'count'; readonly query: string }
  | { readonly kind: 'find'; readonly query: string }
  | { readonly kind: 'show'; readonly reference: string }
  | { readonly kind: 'help' }

const COUNT =
  /^(?:how many|count)(?: all)?(?: the)? (.+?)(?: (?:do we have|do you have|have we got|are there|are in stock|exist))?$/i
const SHOW = /^(?:show|open|describe)(?: me)?(?: the)? (?:sku|product) (.+)$/i
const FIND = /^(?:find|search|look|list|show)(?: me)?(?: for)?(?: all)?(?: the)? (.+)$/i

/** Longer ones are searched for by their beginning: the API takes no more. */
const LONGEST_QUERY = 200

/** Reads a request by its form alone, so that one text always means one thing. */
export const parseRequest = (text: string): ProductRequest => {
  const sentence = text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^please /i, '')
    .replace(/(?:,? please)?[ .?!]*$/i, '')
    .slice(0, LONGEST_QUERY + 50)
  const counted = COUNT.exec(sentence)?.[1]
  if (counted !== undefined) return { kind: 'count', query: toQuery(counted) }
  const shown = SHOW.exec(sentence)?.[1]
  if (shown !== undefined) return { kind: 'show', reference: unquoted(shown) }
  const found = FIND.exec(sentence)?.[1]
  if (found !== undefined) return { kind: 'find', query: toQuery(found) }
  return { kind: 'help' }
}

const unquoted = (text: string): string =>
  text
    .replace(/^["“”'](.*)["“”']$/, '$1')
    .trim()
    .slice(0, LONGEST_QUERY)

/** "desk lamps" → "desk lamp", which is also part of "desk lamps"; just "products" → all of them. */
const toQuery = (text: string): string => {
  const query = unquoted(
    text.replace(/^products? (?:called|named|with|like|matching) /i, '').replace(/ products?$/i, ''),
  )
  if (/^(?:products?|items?|everything)$/i.test(query)) return ''
  return query === text ? singular(query) : query
}

const singular = (text: string): string =>
  text
    .replace(/([a-z]{2})ies$/i, '$1y')
    .replace(/((?:x|ch|sh|ss))es$/i, '$1')
    .replace(/([a-z]{2}[^s'])s$/i, '$1')
