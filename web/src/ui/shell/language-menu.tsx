'use client'

import { ActionIcon, Menu, MenuDropdown, MenuItem, MenuTarget } from '@mantine/core'
import { IconCheck, IconLanguage } from '@tabler/icons-react'
import { useLocale, useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { chooseLocale } from '#i18n/choose-locale.ts'
import { LOCALES } from '#i18n/locale.ts'

// Each in its own language: who looks for theirs may not read the present one.
const NAMES = { en: 'English', pt: 'Português' } as const

export const LanguageMenu = () => {
  const t = useTranslations('shell')
  const current = useLocale()
  const [isPending, startTransition] = useTransition()
  return (
    <Menu position="bottom-end" width={170}>
      <MenuTarget>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('language')} loading={isPending}>
          <IconLanguage size={19} stroke={1.7} aria-hidden />
        </ActionIcon>
      </MenuTarget>
      <MenuDropdown>
        {LOCALES.map((locale) => (
          <MenuItem
            key={locale}
            lang={locale}
            rightSection={locale === current && <IconCheck size={16} aria-hidden />}
            aria-current={locale === current ? true : undefined}
            onClick={() => startTransition(() => chooseLocale(locale))}
          >
            {NAMES[locale]}
          </MenuItem>
        ))}
      </MenuDropdown>
    </Menu>
  )
}
