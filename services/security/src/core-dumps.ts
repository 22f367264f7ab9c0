import { readFile } from 'node:fs/promises'
import type { Logger } from '@neotool/kit/telemetry'

/** Warns where a crash would write this process's memory, and the private keys in it, to a file. */
export const warnOfCoreDumps = async (log: Logger): Promise<void> => {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => undefined)
  if (limits === undefined || /^Max core file size\s+0\s/m.test(limits)) return
  log.warn('a crash would write private keys into a core dump: start this process after `ulimit -c 0`')
}
