import 'server-only'
import { redirect } from 'next/navigation'
import { ProblemError } from '#gateway/problem.ts'
import type { Cursor } from './cursor.ts'

/**
 * One page of a list. Where its cursor is from an old or edited address, or the rows behind it are gone, leaves for the
 * first page at `firstHref`: the list itself is still there.
 */
export const loadPage = async <Page extends { readonly edges: readonly unknown[] }>(
  load: () => Promise<Page>,
  cursor: Cursor,
  firstHref: string,
): Promise<Page> => {
  const page = await load().catch((error: unknown) => {
    const isInput = error instanceof ProblemError && error.problem.code === 'BAD_USER_INPUT'
    if (isInput && cursor !== undefined) redirect(firstHref)
    throw error
  })
  if (page.edges.length === 0 && cursor !== undefined) redirect(firstHref)
  return page
}
