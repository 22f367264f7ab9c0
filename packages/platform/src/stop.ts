import { rm } from 'node:fs/promises'
import { type Environment, findEnvironment, lockFileOf } from './environment.ts'
import { waitForLock } from './lock.ts'
import { inStopOrder } from './plan.ts'
import { platform } from './platform.ts'
import { stopProcess } from './processes.ts'
import { endSupervisor } from './supervisor/client.ts'
import { recordsOf } from './supervisor/records.ts'
import { type Report, runTask, waitingForOther } from './tasks.ts'

export type StopOptions = {
  readonly root: string
  readonly name: string
  readonly isDataDeleted: boolean
  readonly report?: Report
}

const stopPart = async (environment: Environment, name: string): Promise<string> => {
  const records = recordsOf(environment.directory)
  const run = records.readActual().parts[name]
  const how = run?.identity ? await stopProcess(run.identity, run) : 'ended'
  const { parts, ...others } = records.readActual()
  const { [name]: _, ...rest } = parts
  records.writeActual({ ...others, parts: rest })
  return how === 'killed' ? `killed: it did not end within ${(run?.graceMs ?? 0) / 1000} s` : 'stopped'
}

/**
 * Stops every part, dependents first, and with `isDataDeleted` removes all that the environment ever wrote. The
 * supervisor ends first, so that it restarts nothing; that also makes this work when it had died. False when there was
 * no such environment.
 */
export const stopEnvironment = async ({
  root,
  name,
  isDataDeleted,
  report = () => {},
}: StopOptions): Promise<boolean> => {
  await using _lock = await waitForLock(lockFileOf(root, name), () => report(waitingForOther(name)))
  const environment = findEnvironment(root, name)
  if (!environment) return false
  await endSupervisor(environment)
  const records = recordsOf(environment.directory)
  const known = Object.keys(records.readActual().parts)
  const groups = inStopOrder(platform).map((group) => group.map((component) => component.name))
  // Parts that an earlier version of this checkout knew and this one does not.
  const unknown = known.filter((part) => !groups.flat().includes(part))
  const wanted = [unknown, ...groups].map((group) => group.filter((part) => known.includes(part)))
  report({ kind: 'planned', tasks: wanted.flat() })
  for (const group of wanted) {
    const stops = group.map((part) => runTask(report, part, () => stopPart(environment, part)))
    await Promise.all(stops)
  }
  records.writeDesired({ supervisor: null, entries: [] })
  records.writeActual({ supervisor: null, parts: {} })
  if (isDataDeleted) {
    for (const directory of [environment.dataDirectory, environment.directory])
      await rm(directory, { recursive: true, force: true })
  }
  return true
}
