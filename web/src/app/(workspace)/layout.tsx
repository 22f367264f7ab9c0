import { signOut } from '#features/account/sign-out.ts'
import { getViewer, type Permission } from '#session/viewer.ts'
import { type AreaName, WorkspaceShell } from '#ui/shell/workspace-shell.tsx'

/** What a person must be permitted to be led to an area. */
const AREAS = [
  ['products', 'app:product:view'],
  ['customers', 'app:customer:view'],
  ['activity', 'app:product:view'],
  ['assistant', 'assistant:conversation:view'],
] as const satisfies readonly (readonly [AreaName, Permission])[]

export default async function WorkspaceLayout({ children }: LayoutProps<'/'>) {
  const { displayName, email, may } = await getViewer()
  return (
    <WorkspaceShell
      areas={AREAS.filter(([, permission]) => may(permission)).map(([area]) => area)}
      account={{ displayName, email }}
      signOut={signOut}
    >
      {children}
    </WorkspaceShell>
  )
}
