'use server'

import { redirect } from 'next/navigation'
import { execute } from '#gateway/execute.ts'
import { requestCaller } from '#request/request-headers.ts'
import { sessionRefresher } from '#session/refresh-session.ts'
import { clearSession, readSession } from '#session/session-store.ts'
import { setFlash } from '#ui/flash/set-flash.ts'
import { signOutMutation } from './account-mutations.ts'

/** Ends the session at security and forgets it here. When security cannot be asked, this browser forgets it all the same. */
export const signOut = async (): Promise<void> => {
  const { refreshToken } = await readSession()
  let isEnded = true
  if (refreshToken !== undefined) {
    sessionRefresher().end(refreshToken)
    const answer = await execute(signOutMutation, { input: { refreshToken } }, await requestCaller())
    isEnded = answer.ok
  }
  await clearSession()
  await setFlash({ kind: isEnded ? 'signed-out' : 'signed-out-here' })
  redirect('/sign-in')
}
