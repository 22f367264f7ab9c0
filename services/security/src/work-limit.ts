import { type AppError, unavailable } from '@neotool/kit/errors'

export type WorkLimit = {
  /** Runs the task when its turn comes; throws SERVICE_UNAVAILABLE at once where too many wait already. */
  run<Result>(task: () => Promise<Result>): Promise<Result>
  waiting(): number
}

/** Runs so many tasks at a time and lets so many wait, first come, first served; it refuses the rest. */
export const createWorkLimit = ({
  concurrency,
  maxWaiting,
}: {
  concurrency: number
  maxWaiting: number
}): WorkLimit => {
  const queue: (() => void)[] = []
  let running = 0
  const takeTurn = async (): Promise<void> => {
    if (running < concurrency) {
      running += 1
      return
    }
    if (queue.length >= maxWaiting) throw tooBusy()
    const { promise, resolve } = Promise.withResolvers<void>()
    queue.push(resolve)
    await promise
  }
  // The turn goes straight to who waits longest; in between nobody else can take it.
  const passTurn = (): void => {
    const next = queue.shift()
    if (next === undefined) running -= 1
    else next()
  }
  return {
    waiting: () => queue.length,
    run: async (task) => {
      await takeTurn()
      try {
        return await task()
      } finally {
        passTurn()
      }
    },
  }
}

/** The same function, which runs when its turn comes. */
export const inTurn =
  <Args extends readonly unknown[], Result>(limit: WorkLimit, run: (...args: Args) => Promise<Result>) =>
  (...args: Args): Promise<Result> =>
    limit.run(() => run(...args))

const tooBusy = (): AppError => unavailable('TOO_BUSY', 'Too many people sign in just now. Try again in a moment.')
