import 'server-only'
import { cookies } from 'next/headers'
import { config } from '#config.ts'
import { type Flash, flashCookieName, parseFlash } from './flash.ts'

// Enough for a redirect, too short to surprise anybody later.
const LIFETIME_SECONDS = 30

/** Leaves a notice for the page that an action redirects to. */
export const setFlash = async (flash: Flash): Promise<void> => {
  const { secureCookies, ...settings } = config()
  ;(await cookies()).set(flashCookieName(settings), JSON.stringify(flash), {
    maxAge: LIFETIME_SECONDS,
    sameSite: 'lax',
    secure: secureCookies,
    path: '/',
  })
}

/** The notice for this page, for pages that show it in their content. */
export const readFlash = async (): Promise<Flash | undefined> =>
  parseFlash((await cookies()).get(flashCookieName(config()))?.value)
