/*
 * `up`: brings an environment to the state in which every component is ready. Preparations begin at once and run side
 * by side; a component is prepared and started when those it depends on are ready. What is ready and unchanged is left
 * alone, so a second run does next to nothing, and a failed one stops nothing that was well before it.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Component, type Launch, type Preparation, portOf, type Work } from './component.ts'
import { ensureDataOwner } from './data-owner.ts'
import { type Environment, findEnvironment, lockFileOf, logFileOf, openEnvironment } from './environment.ts'
import { messageOf, PlatformError, platformErrorOf } from './failure.ts'
import { fingerprintOf } from './fingerprint.ts'
import { waitForLock } from './lock.ts'
import { lastLines, logSize } from './log-tail.ts'
import { inStartOrder, partsOf, startAction } from './plan.ts'
import { platform, seed } from './platform.ts'
import { isPortFree, listenerOn } from './ports.ts'
import { waitUntilReady } from './probe.ts'
import { type Administrator, finishSeeding } from './seeds.ts'
import { type PartStatus, statusOfParts } from './status.ts'
import { ensureSupervisor, findRun, type Supervisor } from './supervisor/client.ts'
import type { Entry } from './supervisor/records.ts'
import { type Report, runTask, SkippedError, waitingForOther } from './tasks.ts'

export type StartOptions = {
  /** The checkout. */
  readonly root: string
  readonly name: string
  readonly isSeeded: boolean
  /** With the parts that only a full platform has; an environment that once had them keeps them. */
  readonly isFull?: boolean
  readonly report?: Report
  readonly signal?: AbortSignal
}

export type StartedEnvironment = {
  readonly environment: Environment
  readonly parts: readonly PartStatus[]
  /** Only until the password was shown: then it is kept nowhere. */
  readonly administrator: Administrator | undefined
  /** To be called once the administrator was shown. */
  noteShown(): void
}

const inherited = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'TMPDIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
]

/** Parts get a few variables of the person's shell and no others: a stray APP_… or NODE_ENV must not change what runs. */
const baseEnvironment = (): Record<string, string> =>
  Object.fromEntries(inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))

const fingerprintOfPart = (environment: Environment, component: Component, launch: Launch): string =>
  fingerprintOf(environment.root, component.sources, launch, component.settings?.(environment))

/** Fails with advice when somebody else listens on a part's port; waits a little for one that is just ending. */
const assertPortFree = async (
  environment: Environment,
  part: Pick<Component, 'name'>,
  { isOurs, signal }: { isOurs: (part: string) => boolean; signal?: AbortSignal },
) => {
  const port = portOf(environment, part)
  const probe = async () => {
    if (!isOurs(part.name) && !(await isPortFree(port))) throw new Error(`port ${port} is taken`)
  }
  await waitUntilReady(`port ${port}`, probe, { withinMs: 5_000, ...(signal && { signal }) }).catch(
    (cause: unknown) => {
      signal?.throwIfAborted()
      const listener = listenerOn(port) ?? 'another process'
      throw new PlatformError(`Port ${port}, which ${part.name} needs, is taken by ${listener}.`, {
        reason: 'port',
        advice: 'Stop that process, or start a copy of Neotool on free ports: ./neotool up --name NAME',
        cause,
      })
    },
  )
}

type StartedPart = { entry: Entry; logStart: number; supervisor: Supervisor; signal: AbortSignal }

/** Waits for the part that was just put to start; an end before it is ready is an error at once, not after the deadline. */
const waitForPart = async (
  environment: Environment,
  component: Component,
  { entry, logStart, supervisor, signal }: StartedPart,
) => {
  const { generation, logFile } = entry
  const assertRunning = () => {
    const run = supervisor.find(component.name)
    if (run?.generation !== generation) throw new Error('it has not been started yet')
    if (run.isRunning && run.crashes === 0) return
    if (run.lastExit === null) throw new Error('it has just ended')
    supervisor.remove(component.name)
    throw new PlatformError(`${component.name} ${run.lastExit} while it started.`, {
      logLines: lastLines(logFile, 15, logStart),
      advice: `The whole log: ${logFile}. Mend the cause and run ./neotool up again.`,
    })
  }
  const probe = async () => {
    assertRunning()
    await component.probe(environment)
  }
  await waitUntilReady(component.name, probe, { withinMs: component.readyWithinMs, signal }).catch((error: unknown) => {
    if (!(error instanceof PlatformError) || error.advice) throw error
    throw new PlatformError(error.message, {
      logLines: lastLines(logFile, 15, logStart),
      advice: `The whole log: ${logFile}`,
    })
  })
}

// Long enough to reconnect after something that it needs was started anew.
const recoveryMs = 10_000

/** Whether a part that runs is ready, or is so soon; one that is not is started anew. */
const becomesReady = (environment: Environment, component: Component, signal: AbortSignal): Promise<boolean> =>
  waitUntilReady(component.name, () => component.probe(environment), { withinMs: recoveryMs, signal }).then(
    () => true,
    () => false,
  )

const bringUp = async (
  environment: Environment,
  component: Component,
  supervisor: Supervisor,
  work: Work,
): Promise<string> => {
  const launch = await component.launch(environment)
  const fingerprint = fingerprintOfPart(environment, component, launch)
  const run = supervisor.find(component.name)
  const isCurrent = run?.isRunning === true && run.fingerprint === fingerprint
  const isReady = isCurrent && (await becomesReady(environment, component, work.signal))
  const action = startAction({ fingerprint }, run && { ...run, isReady })
  if (action !== 'keep') {
    if (action === 'start') await assertPortFree(environment, component, { isOurs: () => false, signal: work.signal })
    await component.prepare?.(environment, work)
    work.progress('waiting until it is ready')
    const logFile = logFileOf(environment, component.name)
    const entry: Entry = {
      ...launch,
      name: component.name,
      generation: randomUUID(),
      fingerprint,
      args: [...launch.args],
      env: { ...baseEnvironment(), ...launch.env },
      user: (launch.user === 'data owner' && (await ensureDataOwner())) || null,
      logFile,
    }
    const logStart = logSize(logFile)
    supervisor.put(entry)
    await waitForPart(environment, component, { entry, logStart, supervisor, signal: work.signal })
  }
  await component.whenReady?.(environment)
  return { start: 'ready', restart: 'restarted, ready', keep: 'was ready' }[action]
}

/** Damaged binaries fail in many ways: where a part did not start, they are looked at, and named as the cause. */
const throwWithDamage = async ({ name, preparations }: Component, { signal }: Work, error: unknown): Promise<never> => {
  if (signal.aborted) throw error
  const damage = (await Promise.all(preparations.map((each) => each.findDamage?.()))).filter((found) => found)
  if (damage.length === 0) throw error
  throw new PlatformError(`${name} did not start. ${damage.join(' ')}`, {
    logLines: [messageOf(error), ...platformErrorOf(error).logLines],
    advice: 'Have it fetched anew: ./neotool doctor --fix, then ./neotool up.',
    cause: error,
  })
}

/** Throws the first failure that is a cause and not a consequence of another one. */
const throwCause = (results: readonly PromiseSettledResult<unknown>[], stop: AbortController) => {
  const reasons: unknown[] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  const cause = stop.signal.aborted ? stop.signal.reason : reasons.find((reason) => !(reason instanceof SkippedError))
  if (cause !== undefined) throw platformErrorOf(cause)
}

/** Starts what does not run, and returns when everything is ready. Waits when another command works on the environment. */
export const startEnvironment = async ({
  root,
  name,
  isSeeded,
  isFull: isFullWanted = false,
  report = () => {},
  signal,
}: StartOptions): Promise<StartedEnvironment> => {
  await using _lock = await waitForLock(lockFileOf(root, name), () => report(waitingForOther(name)), signal)
  const isFull = isFullWanted || findEnvironment(root, name)?.isFull === true
  const components = partsOf(inStartOrder(platform), { isFull })
  const known = { directory: join(root, '.neotool', name) }
  const addresses = components.flatMap((part) =>
    [part, ...(part.morePorts ?? [])].map((address) => ({ name: address.name, port: address.port, part: part.name })),
  )
  const isRunning = (address: string) => {
    const part = addresses.find((each) => each.name === address)?.part
    return part !== undefined && findEnvironment(root, name) !== undefined && findRun(known, part)?.isRunning === true
  }
  const environment = await openEnvironment(root, name, addresses, {
    isFull,
    isRunning,
    note: (text) => report({ kind: 'noted', text }),
  })
  // Before anything starts: what a person has to mend they learn in the first second.
  const own = { isOurs: isRunning, ...(signal && { signal }) }
  await Promise.all(addresses.map((address) => assertPortFree(environment, address, own)))
  const preparations = [...new Set(components.flatMap((component) => component.preparations))]
  const isDone = await Promise.all(preparations.map((preparation) => preparation.isDone(environment)))
  const pending = preparations.filter((_, index) => !isDone[index])
  const isSeedingDue = isSeeded && !environment.isSeeded
  const seedTask = 'sample data'
  const tasks = [
    ...pending.map(({ title }) => title),
    ...components.map((part) => part.name),
    ...(isSeedingDue ? [seedTask] : []),
  ]
  report({ kind: 'planned', tasks })

  const stop = new AbortController()
  const interrupt = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', interrupt, { once: true })
  signal?.throwIfAborted()
  const supervisor = await ensureSupervisor(environment)
  const finished = new Map<Component | Preparation, Promise<void>>()
  const begin = (
    of: Component | Preparation,
    task: string,
    needs: readonly (Component | Preparation)[],
    work: (to: Work) => Promise<string>,
  ) => {
    const run = async () => {
      const before = await Promise.allSettled(needs.map((need) => finished.get(need)))
      const attempt = (progress: (text: string) => void): Promise<string> => {
        if (stop.signal.aborted || before.some(({ status }) => status === 'rejected')) throw new SkippedError(task)
        return work({ progress, signal: stop.signal }).catch((error: unknown) => {
          // It was cut short by a failure elsewhere, or by the person.
          throw stop.signal.aborted ? new SkippedError(task) : error
        })
      }
      await runTask(report, task, async (progress) => attempt(progress)).catch((error: unknown) => {
        if (!(error instanceof SkippedError)) stop.abort(error)
        throw error
      })
    }
    finished.set(of, run())
  }
  let administrator: Administrator | undefined
  for (const preparation of pending) {
    begin(preparation, preparation.title, [], (to) => preparation.run(environment, to).then(() => ''))
  }
  for (const component of components) {
    const needs = [...component.dependsOn, ...component.preparations]
    begin(component, component.name, needs, (to) =>
      bringUp(environment, component, supervisor, to).catch((error) => throwWithDamage(component, to, error)),
    )
  }
  const partsResults = await Promise.allSettled(finished.values())
  throwCause(partsResults, stop)
  if (isSeedingDue) {
    await runTask(report, seedTask, async (progress) => {
      administrator = await seed(environment, { progress, signal: stop.signal })
      return ''
    })
  }
  signal?.removeEventListener('abort', interrupt)
  const noteShown = () => isSeedingDue && finishSeeding(environment)
  return { environment, parts: await statusOfParts(environment), administrator, noteShown }
}
