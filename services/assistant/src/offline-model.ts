/**
 * A language model of the AI SDK that needs no network and no key, so that the assistant works on every machine and in every
 * test. It understands a few requests by their form (requests.ts), asks for a tool, and puts the tool's answer into a
 * sentence. It acts on what the user said last and on nothing else: what tools answer is only ever printed.
 */
import type {
  LanguageModelV4,
  LanguageModelV4Content,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultPart,
} from '@ai-sdk/provider'
import { type ProductFacts, refused, TOOL_OUTPUTS, type ToolName } from './product-tools.ts'
import { type ProductRequest, parseRequest } from './requests.ts'

const HELP = `I can look into the products that you may see. For example:
- How many products are there?
- Find lamps
- Show SKU LMP-DSK-BRS`

const UNKNOWN_TOKENS = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}

export const offlineModel: LanguageModelV4 = {
  specificationVersion: 'v4',
  provider: 'neotool',
  modelId: 'offline',
  supportedUrls: {},
  doGenerate: async ({ prompt }) => {
    const content = respond(prompt)
    const unified = content.type === 'tool-call' ? 'tool-calls' : 'stop'
    return { content: [content], finishReason: { unified, raw: undefined }, usage: UNKNOWN_TOKENS, warnings: [] }
  },
  doStream: async () => {
    throw new Error('The offline model does not stream: use generateText.')
  },
}

const respond = (prompt: LanguageModelV4Prompt): LanguageModelV4Content => {
  const request = parseRequest(lastUserText(prompt))
  if (request.kind === 'help') return { type: 'text', text: HELP }
  const last = prompt.at(-1)
  const result = last?.role === 'tool' ? last.content.find((part) => part.type === 'tool-result') : undefined
  if (result) return { type: 'text', text: describe(request, result) }
  const { toolName, input } = toolFor(request)
  // Unique within a prompt: this model asks for one tool a request.
  return { type: 'tool-call', toolCallId: `call-${prompt.length}`, toolName, input: JSON.stringify(input) }
}

const lastUserText = (prompt: LanguageModelV4Prompt): string => {
  const message = prompt.findLast(({ role }) => role === 'user')
  if (message?.role !== 'user') return ''
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join(' ')
}

type KnownRequest = Exclude<ProductRequest, { kind: 'help' }>

const toolFor = (request: KnownRequest): { toolName: ToolName; input: Readonly<Record<string, string>> } => {
  switch (request.kind) {
    case 'count':
      return { toolName: 'countProducts', input: { query: request.query } }
    case 'find':
      return { toolName: 'findProducts', input: { query: request.query } }
    case 'show':
      return { toolName: 'showProduct', input: { reference: request.reference } }
  }
}

const describe = (request: KnownRequest, { output }: LanguageModelV4ToolResultPart): string => {
  const value = output.type === 'json' ? output.value : undefined
  const refusal = refused.safeParse(value)
  if (refusal.success) return refusal.data.refused
  switch (request.kind) {
    case 'count':
      return `${amountOf(TOOL_OUTPUTS.countProducts.parse(value).total, request.query)}.`
    case 'find':
      return describeFound(TOOL_OUTPUTS.findProducts.parse(value), request.query)
    case 'show':
      return describeShown(TOOL_OUTPUTS.showProduct.parse(value), request.reference)
  }
}

const describeFound = (
  { products, total }: { products: readonly ProductFacts[]; total: number },
  query: string,
): string => {
  if (products.length === 0) return `${amountOf(0, query)}.`
  const more = total - products.length
  return [`${amountOf(total, query)}:`, ...products.map(lineOf), ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}

const describeShown = (
  { product, similar }: { product: ProductFacts | null; similar: readonly ProductFacts[] },
  reference: string,
): string => {
  if (product) {
    const { name, sku, priceCents, stock } = product
    return `${name}\nSKU ${sku}\nPrice ${price(priceCents)}\n${stock} in stock`
  }
  const nothing = `There is no product with the SKU or the name “${reference}”.`
  return similar.length === 0 ? nothing : [`${nothing} These are similar:`, ...similar.map(lineOf)].join('\n')
}

const amountOf = (total: number, query: string): string => {
  const count = total === 0 ? 'no products' : total === 1 ? '1 product' : `${total} products`
  const matching = query === '' ? '' : ` that match${total === 1 ? 'es' : ''} “${query}”`
  return `There ${total === 1 ? 'is' : 'are'} ${count}${matching}`
}

const lineOf = ({ name, sku, priceCents, stock }: ProductFacts): string =>
  `- ${name} (${sku}), ${price(priceCents)}, ${stock} in stock`

const price = (cents: number): string => (cents / 100).toFixed(2)
