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
  'apollo-router': {},
}
