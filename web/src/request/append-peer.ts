import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/**
 * Adds the address that a request came from to its X-Forwarded-For, as any proxy does. Next does so only where there is no
 * such header yet, so a browser could write whatever address it likes, and pages never see the connection.
 */
export const appendPeers = (): void => {
  // Node tells of each request here before anything handles it.
  subscribe('http.server.request.start', (message) => {
    const { headers, socket } = (message as { request: IncomingMessage }).request
    const claimed = headers['x-forwarded-for']
    const chain = [...(Array.isArray(claimed) ? claimed : [claimed]), socket.remoteAddress]
    headers['x-forwarded-for'] = chain.filter(Boolean).join(', ')
  })
}
