type Product = { readonly id: string; readonly name: string }

/** A piece of an answer: plain text, or the name of a product that can be opened. */
export type Part = { readonly text: string; readonly productId?: string }

/** Splits a text at the names of products, the longest name first where one begins with another. */
export const linkProducts = (text: string, products: readonly Product[]): Part[] => {
  const byName = new Map(products.filter(({ name }) => name !== '').map(({ id, name }) => [name, id]))
  if (byName.size === 0) return [{ text }]
  const names = [...byName.keys()].sort((left, right) => right.length - left.length)
  return text
    .split(new RegExp(`(${names.map((name) => RegExp.escape(name)).join('|')})`))
    .filter((part) => part !== '')
    .map((part) => {
      const productId = byName.get(part)
      return productId === undefined ? { text: part } : { text: part, productId }
    })
}
