'use client'

import { useMounted } from '@mantine/hooks'
import { useLocale } from 'next-intl'

type Props = { readonly iso: string; readonly withTime?: boolean }

/** A date in the reader's time zone. The server does not know it, so the first rendering is in UTC. */
export const LocalDate = ({ iso, withTime = false }: Props) => {
  const locale = useLocale()
  const zone = useMounted() ? {} : { timeZone: 'UTC' }
  const time = withTime ? { timeStyle: 'short' as const } : {}
  const text = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...time, ...zone }).format(new Date(iso))
  return <time dateTime={iso}>{text}</time>
}
