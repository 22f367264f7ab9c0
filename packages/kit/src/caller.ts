import type { Actor } from './auth.ts'
import type { Trace } from './telemetry.ts'

/** Who asks for something, and in which trace: what a use case is given by whatever calls it. */
export type Caller = { readonly actor: Actor; readonly trace: Trace }
