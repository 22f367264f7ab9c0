import { messageOf, PlatformError } from '../failure.ts'

/** What a look at one thing found. A fault keeps Neotool from working; a warning may, some day. */
export type Finding = {
  readonly check: string
  readonly state: 'fine' | 'warning' | 'fault'
  readonly detail: string
  /** What a person does about it. */
  readonly fix?: string
  /** Does it for them; only where nothing can be lost by it. */
  readonly mend?: () => Promise<void>
}

/** A check that cannot be made is a fault of its own: the others are still made. */
export const findingsOf = async (
  check: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> => {
  try {
    return await look()
  } catch (error) {
    const fix = error instanceof PlatformError ? error.advice : undefined
    return [{ check, state: 'fault', detail: messageOf(error), ...(fix && { fix }) }]
  }
}
