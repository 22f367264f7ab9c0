/** What can stand between clients and the services. */
export type Engine = 'hive' | 'apollo-router'

/** The engine that is tried: `NEOTOOL_GATEWAY_ENGINE`, else our own gateway. */
export const engine: Engine = process.env.NEOTOOL_GATEWAY_ENGINE === 'apollo-router' ? 'apollo-router' : 'hive'

/**
 * Where an engine differs by design: the name of the test, and why it cannot pass. Such a test must fail, so that a
 * difference which has gone is noticed.
 */
export const differences: Readonly<Record<Engine, Readonly<Record<string, string>>>> = {
  hive: {},
  'apollo-router': {
    'the address of the caller is added at the end of X-Forwarded-For':
      'it cannot see who calls; Traefik and the web app have added the address before',
    '100 root fields': 'its own limit needs a licence; the services hold theirs',
    '100 aliases': 'its own limit needs a licence; the services hold theirs',
    'is named at the field that was asked of it':
      'it does not say for which fields of the root a service gave no answer',
    'what it refuses has the code and the trace that clients know':
      'no script of ours sees what it refuses before planning; it has codes of its own for that, and names no trace',
  },
}
