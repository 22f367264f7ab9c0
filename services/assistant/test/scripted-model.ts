import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4Content } from '@ai-sdk/provider'

export type ScriptedModel = LanguageModelV4 & { readonly calls: LanguageModelV4CallOptions[] }

/** A model that does what a test says: content for each of its turns, or a failure. */
export const scriptedModel = (
  turn: (call: LanguageModelV4CallOptions) => LanguageModelV4Content | Promise<LanguageModelV4Content>,
): ScriptedModel => {
  const calls: LanguageModelV4CallOptions[] = []
  return {
    specificationVersion: 'v4',
    provider: 'test',
    modelId: 'scripted',
    supportedUrls: {},
    calls,
    doGenerate: async (call) => {
      calls.push(call)
      const content = await turn(call)
      return {
        content: [content],
        finishReason: { unified: content.type === 'tool-call' ? 'tool-calls' : 'stop', raw: undefined },
        usage: {
          inputTokens: { total: 10, noCache: 10, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 5, text: 5, reasoning: 0 },
        },
        warnings: [],
      }
    },
    doStream: () => {
      throw new Error('not scripted')
    },
  }
}

/** What the user said last. */
export const lastUserText = ({ prompt }: LanguageModelV4CallOptions): string => {
  const message = prompt.findLast(({ role }) => role === 'user')
  return JSON.stringify(message?.content)
}

/** A model that looks products up by the last word of what the user said, and then says how it was. */
export const searchingModel = (): ScriptedModel =>
  scriptedModel((call) => {
    if (call.prompt.at(-1)?.role === 'tool') return { type: 'text', text: 'This is what I found.' }
    const word = /(\w+)\W*$/.exec(lastUserText(call).replace(/"\}\]$/, ''))?.[1] ?? ''
    return {
      type: 'tool-call',
      toolCallId: `call-${call.prompt.length}`,
      toolName: 'findProducts',
      input: JSON.stringify({ query: word }),
    }
  })
