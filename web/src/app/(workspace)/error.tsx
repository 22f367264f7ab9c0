'use client'

import { ProblemPage } from '#ui/problem-page.tsx'

type Props = { readonly error: unknown; readonly retry: () => void }

/** Within the workspace's frame: the rest of it stays usable. */
export default function WorkspaceErrorPage({ error, retry }: Props) {
  return <ProblemPage error={error} retry={retry} />
}
