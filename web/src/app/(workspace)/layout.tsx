import { signOut } from '#features/account/sign-out.ts'
import { getViewer } from '#session/viewer.ts'
import { WorkspaceShell } from '#ui/shell/workspace-shell.tsx'

export default async function WorkspaceLayout({ children }: LayoutProps<'/'>) {
  const { displayName, email, may } = await getViewer()
  return (
    <WorkspaceShell
      areas={may('app:product:view') ? ['products'] : []}
      account={{ displayName, email }}
      signOut={signOut}
    >
      {children}
    </WorkspaceShell>
  )
}
