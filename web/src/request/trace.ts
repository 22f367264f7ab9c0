export type Trace = { readonly traceId: string; readonly traceparent: string }

const hex = (bytes: number): string => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex')

/** A new span of the given trace, or of a new trace; W3C Trace Context, sampled. */
export const newSpan = (traceId: string = hex(16)): Trace => ({ traceId, traceparent: `00-${traceId}-${hex(8)}-01` })

/** The trace id within a `traceparent` header, or undefined where it is not one. */
export const traceIdOf = (traceparent: string | null | undefined): string | undefined =>
  /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent ?? '')?.[1]
