import { CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'

/** What a client of the old API can no longer rely on in the new one, one sentence each. */
export const findBreakingChanges = async (oldApi: string, newApi: string): Promise<string[]> => {
  const changes = await diff(buildSchema(oldApi), buildSchema(newApi))
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message }) => message)
    .sort()
}
