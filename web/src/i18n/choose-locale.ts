'use server'

import { cookies } from 'next/headers'
import { config } from '#config.ts'
import { toLocale } from './locale.ts'
import { localeCookieName } from './locale-cookie.ts'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Keeps the chosen language for a year; a name that is none of ours changes nothing. */
export const chooseLocale = async (name: string): Promise<void> => {
  const locale = toLocale(name)
  if (locale === undefined) return
  const settings = config()
  ;(await cookies()).set(localeCookieName(settings), locale, {
    maxAge: YEAR_SECONDS,
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.secureCookies,
    path: '/',
  })
}
