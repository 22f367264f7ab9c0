/**
 * Refreshing a session from many requests at once.
 *
 * A page asks for several things in parallel, each with the same refresh token, and a second tab does the same a moment
 * later. Each use replaces the token, and a use long after its replacement ends the session. So all requests of this
 * process that bring the same token share one call, and its pair is kept for as long as the server itself would answer
 * the old token with the same successor. Several replicas of the web app need no common memory: they rely on that same
 * grace of the server.
 */
import type { Caller } from '#gateway/execute.ts'
import type { SessionTokens } from './session-tokens.ts'

export type Refresh =
  | { readonly status: 'renewed'; readonly tokens: SessionTokens }
  /** The session is over: forget it. */
  | { readonly status: 'refused' }
  /** Nobody knows whether the session is over: keep it, and ask again later. */
  | { readonly status: 'unavailable' }

export type SessionRefresher = {
  /** The outcome for this refresh token, from a call that is under way or has just been answered where there is one. */
  readonly refresh: (refreshToken: string, caller: Caller) => Promise<Refresh>
  /** Refuses this token, and those that were replaced by it, so that a late request cannot bring a session back. */
  readonly end: (refreshToken: string) => void
}

type Options = {
  readonly request: (refreshToken: string, caller: Caller) => Promise<Refresh>
  readonly keepMs: number
  readonly after?: (ms: number, run: () => void) => void
}

type Entry = { readonly outcome: Promise<Refresh>; successor?: string }

const REFUSED: Refresh = { status: 'refused' }
const UNAVAILABLE: Refresh = { status: 'unavailable' }

/** A refresher with its own memory; one per process. */
export const createSessionRefresher = ({ request, keepMs, after = runLater }: Options): SessionRefresher => {
  const entries = new Map<string, Entry>()

  const forget = (refreshToken: string, entry: Entry): void => {
    if (entries.get(refreshToken) === entry) entries.delete(refreshToken)
  }

  const keep = (refreshToken: string, entry: Entry): void => {
    after(keepMs, () => forget(refreshToken, entry))
  }

  const settle = async (refreshToken: string, entry: Entry): Promise<void> => {
    const outcome = await entry.outcome
    if (outcome.status === 'renewed') entry.successor = outcome.tokens.refreshToken
    // An outage is not remembered: the next request tries again.
    if (outcome.status === 'unavailable') forget(refreshToken, entry)
    else keep(refreshToken, entry)
  }

  const end = (refreshToken: string): void => {
    const refused: Entry = { outcome: Promise.resolve(REFUSED) }
    const predecessors = [...entries].filter(([, { successor }]) => successor === refreshToken).map(([token]) => token)
    for (const token of [refreshToken, ...predecessors]) {
      entries.set(token, refused)
      keep(token, refused)
    }
  }

  return {
    refresh: (refreshToken, caller) => {
      const known = entries.get(refreshToken)
      if (known !== undefined) return known.outcome
      const entry: Entry = { outcome: request(refreshToken, caller).catch(() => UNAVAILABLE) }
      entries.set(refreshToken, entry)
      void settle(refreshToken, entry)
      return entry.outcome
    },
    end,
  }
}

const runLater = (ms: number, run: () => void): void => {
  setTimeout(run, ms).unref()
}
