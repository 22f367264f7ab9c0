import { randomUUID } from 'node:crypto'
import { findEnvironment, lockFileOf } from './environment.ts'
import { PlatformError } from './failure.ts'
import { waitForLock } from './lock.ts'
import { inStartOrder } from './plan.ts'
import { platform } from './platform.ts'
import { waitUntilReady } from './probe.ts'
import { untilTrue } from './processes.ts'
import { ensureSupervisor } from './supervisor/client.ts'
import { recordsOf } from './supervisor/records.ts'

/**
 * Stops one part of a running environment and nothing that depends on it, for tests of what the others do without it.
 * Returns once it is gone; disposing starts it again as it was and returns once it is ready.
 */
export const suspendPart = async ({
  root,
  name,
  part,
}: {
  root: string
  name: string
  part: string
}): Promise<AsyncDisposable> => {
  const lockFile = lockFileOf(root, name)
  await using _lock = await waitForLock(lockFile, () => {})
  const environment = findEnvironment(root, name)
  const component = inStartOrder(platform).find((each) => each.name === part)
  const entry =
    environment &&
    recordsOf(environment.directory)
      .readDesired()
      ?.entries.find((each) => each.name === part)
  if (!environment || !component || !entry) {
    throw new PlatformError(`There is no part "${part}" that runs in the environment "${name}".`, {
      advice: `See what runs: ./neotool status --name ${name}`,
    })
  }
  const supervisor = await ensureSupervisor(environment)
  supervisor.remove(part)
  if (!(await untilTrue(() => !supervisor.find(part)?.isRunning, entry.graceMs + 5_000))) {
    throw new PlatformError(`${part} did not end within ${(entry.graceMs + 5_000) / 1_000} s.`)
  }
  return {
    [Symbol.asyncDispose]: async () => {
      await using _again = await waitForLock(lockFile, () => {})
      supervisor.put({ ...entry, generation: randomUUID() })
      await waitUntilReady(part, () => component.probe(environment), { withinMs: component.readyWithinMs })
    },
  }
}
