import type { Actor } from './auth.ts'
import type { Trace } from './telemetry.ts'

/** Who asks for something, from where, and in which trace: what a use case is given by whatever calls it. */
export type Caller = { readonly actor: Actor; readonly trace: Trace; readonly client: Client }

/** The device that a request came from. */
export type Client = {
  /** IPv4 or IPv6. That of the connection, or what a trusted proxy says that it was. */
  readonly address: string
  /** What the device says of itself; at most 300 characters. */
  readonly userAgent: string | undefined
}
