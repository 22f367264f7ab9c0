import { findPresence } from '#session/viewer.ts'
import { PublicShell } from '#ui/shell/public-shell.tsx'

export default async function PublicLayout({ children }: LayoutProps<'/'>) {
  return <PublicShell presence={(await findPresence()).status}>{children}</PublicShell>
}
