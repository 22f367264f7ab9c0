import { checkCache } from './cache.ts'
import { checkEnvironments } from './environments.ts'
import { type Finding, findingsOf } from './finding.ts'
import { checkMachine } from './machine.ts'
import { checkPrograms } from './programs.ts'

/** Looks at all that Neotool needs of a machine; starts and changes nothing. */
export const examine = async (root: string): Promise<readonly Finding[]> => {
  const looks = await Promise.all([
    findingsOf('programs', () => checkPrograms(root)),
    findingsOf('machine', () => checkMachine(root)),
    findingsOf('cache', checkCache),
    findingsOf('environments', () => checkEnvironments(root)),
  ])
  return looks.flat()
}
