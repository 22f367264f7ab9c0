import { present } from '#gateway/present.ts'
import 'server-only'
import { forbidden } from 'next/navigation'
import { cache } from 'react'
import { execute } from '#gateway/execute.ts'
import { graphql } from '#generated/gql.ts'
import { requestCaller } from '#request/request-headers.ts'
import { query } from './query.ts'
import { readSession } from './session-store.ts'

const viewerQuery = graphql(`
  query Viewer {
    currentUser { id displayName email permissions }
  }
`)

export type Permission =
  | `${'app:product' | 'app:customer' | 'assets:asset'}:${'view' | 'save' | 'delete'}`
  | `assistant:conversation:${'view' | 'save'}`

export type Viewer = {
  readonly id: string
  readonly displayName: string
  readonly email: string
  /** What to show; what may be done is decided by the services. */
  readonly may: (permission: Permission) => boolean
}

type CurrentUser = {
  readonly id: string
  readonly displayName: string
  readonly email: string | null
  readonly permissions: readonly string[] | null
}

const toViewer = ({ id, displayName, email, permissions }: CurrentUser): Viewer => {
  const granted = new Set(permissions)
  return { id, displayName, email: email ?? '', may: (permission) => granted.has(permission) }
}

/** Who is signed in; leaves by a redirect to sign in where nobody is. Asked once per request. */
export const getViewer = cache(
  async (): Promise<Viewer> => toViewer(present((await query(viewerQuery, {})).currentUser)),
)

/** The viewer, who has this permission; leaves by the 403 page where they have not. */
export const getViewerWith = async (permission: Permission): Promise<Viewer> => {
  const viewer = await getViewer()
  return viewer.may(permission) ? viewer : forbidden()
}

export type Presence =
  | { readonly status: 'signed-in'; readonly viewer: Viewer }
  | { readonly status: 'anonymous' }
  /** There is a session, but whose it is cannot be asked now. */
  | { readonly status: 'unknown' }

/** Who looks at a public page. Never leaves and never fails. */
export const findPresence = cache(async (): Promise<Presence> => {
  const { accessToken, refreshToken } = await readSession()
  if (accessToken === undefined) return { status: refreshToken === undefined ? 'anonymous' : 'unknown' }
  const answer = await execute(viewerQuery, {}, { accessToken, ...(await requestCaller()) })
  if (answer.ok) return { status: 'signed-in', viewer: toViewer(present(answer.data.currentUser)) }
  return { status: answer.problem.code === 'UNAUTHENTICATED' ? 'anonymous' : 'unknown' }
})
