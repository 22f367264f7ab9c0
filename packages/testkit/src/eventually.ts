import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 50

/** Asks until the answer satisfies, then returns it; after the deadline throws with the last answer or error. */
export const eventually = async <Answer>(
  what: string,
  ask: () => Promise<Answer> | Answer,
  isGood: (answer: Answer) => boolean = Boolean,
  deadlineMs = 60_000,
): Promise<Answer> => {
  const end = Date.now() + deadlineMs
  for (let last = 'nothing'; ; ) {
    try {
      const answer = await ask()
      if (isGood(answer)) return answer
      last = JSON.stringify(answer)
    } catch (error) {
      last = String(error)
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${deadlineMs} ms; last answer: ${last}`)
    await delay(POLL_MS)
  }
}
