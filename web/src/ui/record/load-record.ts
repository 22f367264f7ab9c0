import 'server-only'
import { notFound } from 'next/navigation'
import { ProblemError } from '#gateway/problem.ts'

/** The record that `load` finds; leaves by the 404 page where there is none. */
export const loadRecord = async <Found>(load: () => Promise<Found | null>): Promise<Found> => {
  try {
    return (await load()) ?? notFound()
  } catch (error) {
    // The address holds something that cannot be an id.
    if (error instanceof ProblemError && error.problem.code === 'BAD_USER_INPUT') notFound()
    throw error
  }
}
