/** What is passed on of a browser, so that security knows where a session is used and whom to make wait. */
export type ClientHeaders = Readonly<Partial<Record<(typeof NAMES)[number], string>>>

const NAMES = ['x-forwarded-for', 'user-agent'] as const

/** Of the headers of a request, those that say who sent it; see append-peer.ts for the last address among them. */
export const clientHeaders = (headers: Pick<Headers, 'get'>): ClientHeaders =>
  Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
