import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { Problem } from '#gateway/problem.ts'
import type { Failure } from './form-state.ts'

/** The problem in the person's language, with the trace id to quote. */
export const toFailure = async ({ code, traceId }: Pick<Problem, 'code' | 'traceId'>): Promise<Failure> => {
  const t = await getTranslations('problem')
  return { code, traceId, message: t(`${code}.message`) }
}
