/** How often a second, and how often a second of processor time; the second one depends far less on what else runs. */
export type Throughput = { readonly perSecond: number; readonly perCore: number }

const WARM_UP_MS = 2_000
const MEASURED_MS = 5_000

/** Has so many clients do it again and again; `cpuSeconds` is what the process that does the work has used so far. */
export const measureThroughput = async (
  clients: number,
  work: () => Promise<unknown>,
  cpuSeconds: () => Promise<number> | number = ownCpuSeconds,
): Promise<Throughput> => {
  const repeat = async (durationMs: number): Promise<number> => {
    const end = performance.now() + durationMs
    let times = 0
    const client = async () => {
      for (; performance.now() < end; times += 1) await work()
    }
    await Promise.all(Array.from({ length: clients }, client))
    return times
  }
  await repeat(WARM_UP_MS)
  const cpuBefore = await cpuSeconds()
  const begin = performance.now()
  const times = await repeat(MEASURED_MS)
  const seconds = (performance.now() - begin) / 1_000
  return { perSecond: times / seconds, perCore: times / ((await cpuSeconds()) - cpuBefore) }
}

const ownCpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}
