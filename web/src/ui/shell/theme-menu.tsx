'use client'

import {
  ActionIcon,
  type MantineColorScheme,
  Menu,
  MenuDropdown,
  MenuItem,
  MenuTarget,
  useMantineColorScheme,
} from '@mantine/core'
import { useMounted } from '@mantine/hooks'
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'

const CHOICES = [
  { scheme: 'light', Icon: IconSun },
  { scheme: 'dark', Icon: IconMoon },
  { scheme: 'auto', Icon: IconDeviceDesktop },
] as const satisfies readonly { scheme: MantineColorScheme; Icon: typeof IconSun }[]

/** Light, dark, or as the system has it; kept in the browser. */
export const ThemeMenu = () => {
  const t = useTranslations('shell.theme')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  // The server does not know what the browser has stored.
  const chosen = useMounted() ? colorScheme : undefined
  return (
    <Menu position="bottom-end" width={170}>
      <MenuTarget>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('label')}>
          <IconSun size={19} stroke={1.7} aria-hidden className="light-only" />
          <IconMoon size={19} stroke={1.7} aria-hidden className="dark-only" />
        </ActionIcon>
      </MenuTarget>
      <MenuDropdown>
        {CHOICES.map(({ scheme, Icon }) => (
          <MenuItem
            key={scheme}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={chosen === scheme && <IconCheck size={16} aria-hidden />}
            aria-current={chosen === scheme ? true : undefined}
            onClick={() => setColorScheme(scheme)}
          >
            {t(scheme)}
          </MenuItem>
        ))}
      </MenuDropdown>
    </Menu>
  )
}
