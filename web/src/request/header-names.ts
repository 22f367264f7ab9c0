/** Headers that proxy.ts puts on every request; what a client sends under these names is overwritten there. */
export const HEADER = { traceparent: 'traceparent', nonce: 'x-nonce', path: 'x-neotool-path' } as const
