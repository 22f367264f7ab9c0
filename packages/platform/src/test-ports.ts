import { randomBytes } from 'node:crypto'
import { firstFreePort, isPortFree } from './ports.ts'

// Below Linux's range for outgoing connections, and below what environments choose.
const FIRST = 12_000
const WORKERS = 8
const PER_WORKER = 350
// Up to so far from the beginning of a range, so that two test runs begin at different ports.
const SPREAD = 250

const chosen = new Set<number>()

/**
 * A free port for the server of a test, given to nobody else in this process. Each of Vitest's workers has a range of its own,
 * since a port that is free now is only taken once the server listens, seconds later.
 */
export const portForTest = async (): Promise<number> => {
  const worker = Number(process.env.VITEST_POOL_ID ?? 0) % WORKERS
  const from = FIRST + worker * PER_WORKER + (randomBytes(2).readUInt16LE() % SPREAD)
  for (;;) {
    const port = await firstFreePort(from, chosen, isPortFree)
    // Another call may have come first while this one looked.
    if (chosen.has(port)) continue
    chosen.add(port)
    return port
  }
}
