import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { config } from '#config.ts'
import en from '../../messages/en.json'
import pt from '../../messages/pt.json'
import { negotiateLocale, toLocale } from './locale.ts'
import { localeCookieName } from './locale-cookie.ts'

const MESSAGES = { en, pt }

export default getRequestConfig(async () => {
  const chosen = toLocale((await cookies()).get(localeCookieName(config()))?.value)
  const locale = chosen ?? negotiateLocale((await headers()).get('accept-language'))
  // Times are rendered in UTC and become local in the browser, which alone knows where it is.
  return { locale, messages: MESSAGES[locale], timeZone: 'UTC' }
})
