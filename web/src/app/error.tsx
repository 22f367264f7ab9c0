'use client'

import { ProblemPage } from '#ui/problem-page.tsx'

type Props = { readonly error: unknown; readonly retry: () => void }

export default function ErrorPage({ error, retry }: Props) {
  return (
    <main id="content">
      <ProblemPage error={error} retry={retry} />
    </main>
  )
}
