'use client'

import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useNotify } from '#ui/use-notify.ts'

/** Shows the notice that an action left for this page, once. */
export const FlashNotice = ({ cookieName }: { readonly cookieName: string }) => {
  const pathname = usePathname()
  const t = useTranslations('flash')
  const notify = useNotify()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page is what brings a new notice.
  useEffect(() => {
    const name = takeCreatedName(cookieName)
    if (name !== undefined) notify(t('created', { name }))
  }, [pathname, cookieName])
  return null
}

/** The name of what was just created; the cookie is deleted. Sign-in shows its own notices in the page. */
const takeCreatedName = (cookieName: string): string | undefined => {
  const pair = document.cookie.split('; ').find((candidate) => candidate.startsWith(`${cookieName}=`))
  if (pair === undefined) return undefined
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we support.
  document.cookie = `${cookieName}=; Max-Age=0; Path=/`
  try {
    const flash: unknown = JSON.parse(decodeURIComponent(pair.slice(cookieName.length + 1)))
    const isCreated = typeof flash === 'object' && flash !== null && 'kind' in flash && flash.kind === 'created'
    return isCreated && 'name' in flash && typeof flash.name === 'string' ? flash.name : undefined
  } catch {
    return undefined
  }
}
