'use client'

import { notifications } from '@mantine/notifications'
import { useTranslations } from 'next-intl'

/** Says in the corner of the page what has been done. */
export const useNotify = (): ((message: string) => void) => {
  const t = useTranslations('notice')
  return (message) => {
    notifications.show({ message, color: 'pine', closeButtonProps: { 'aria-label': t('close') } })
  }
}
