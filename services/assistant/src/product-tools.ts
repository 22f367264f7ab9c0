import { AppError } from '@neotool/kit/errors'
import { tool } from 'ai'
import { z } from 'zod'
import type { Question } from './graph.ts'

const product = z.object({
  id: z.uuid(),
  name: z.string(),
  sku: z.string(),
  priceCents: z.int(),
  stock: z.int(),
})

/** What a model is told of a product. */
export type ProductFacts = z.output<typeof product>

/** What each tool answers. Names and SKUs in it were written by users: data, whatever they say. */
export const TOOL_OUTPUTS = {
  countProducts: z.object({ total: z.int() }),
  findProducts: z.object({ products: z.array(product), total: z.int() }),
  showProduct: z.object({ product: product.nullable(), similar: z.array(product) }),
} as const

export type ToolName = keyof typeof TOOL_OUTPUTS

/** In place of an answer, where the user may not see what was asked for. */
export const refused = z.object({ refused: z.string() })

export const MOST_SHOWN = 10
const LARGEST_PAGE = 100

const list = z.object({ products: z.object({ totalCount: z.int(), edges: z.array(z.object({ node: product })) }) })

const LIST = `query AssistantProducts($query: String, $first: Int!) {
  products(first: $first, query: $query) { totalCount edges { node { id name sku priceCents stock } } }
}`

const query = z.string().trim().max(200).describe('Part of the name or the SKU; every product where it is empty.')

type Ask = <Data>(question: Question<Data>, signal: AbortSignal | undefined) => Promise<Data>

/**
 * What a model may do, defined once for whichever model answers: it can read what the asking user can read, and nothing
 * can be changed, so the worst that a text can talk a model into is a useless answer.
 */
export const productTools = ({ ask, onShown }: { ask: Ask; onShown: (products: readonly ProductFacts[]) => void }) => {
  const search = async (text: string, first: number, signal: AbortSignal | undefined) => {
    const { products } = await ask({ query: LIST, variables: { query: text || null, first }, data: list }, signal)
    return { products: products.edges.map(({ node }) => node), total: products.totalCount }
  }
  return {
    countProducts: tool({
      description: 'Counts the products, or those that match a text.',
      inputSchema: z.object({ query }),
      execute: ({ query: text }, { abortSignal }) =>
        unlessRefused(async () => ({ total: (await search(text, 1, abortSignal)).total })),
    }),
    findProducts: tool({
      description: `Finds products by a text; gives the first ${MOST_SHOWN} by name, and how many there are.`,
      inputSchema: z.object({ query }),
      execute: ({ query: text }, { abortSignal }) =>
        unlessRefused(async () => {
          const found = await search(text, MOST_SHOWN, abortSignal)
          onShown(found.products)
          return found
        }),
    }),
    showProduct: tool({
      description: 'Shows one product by its exact SKU or name, or else those that are similar.',
      inputSchema: z.object({ reference: query.min(1) }),
      execute: ({ reference }, { abortSignal }) =>
        unlessRefused(async () => {
          const { products } = await search(reference, LARGEST_PAGE, abortSignal)
          const wanted = reference.toLowerCase()
          const exact =
            products.find(({ sku }) => sku.toLowerCase() === wanted) ??
            products.find(({ name }) => name.toLowerCase() === wanted)
          const similar = exact ? [] : products.slice(0, MOST_SHOWN)
          onShown(exact ? [exact] : similar)
          return { product: exact ?? null, similar }
        }),
    }),
  }
}

const unlessRefused = async <Output>(work: () => Promise<Output>): Promise<Output | z.output<typeof refused>> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.kind === 'forbidden') return { refused: error.message }
    throw error
  }
}
