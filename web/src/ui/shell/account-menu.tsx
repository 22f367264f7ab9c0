'use client'

import {
  Avatar,
  Loader,
  Menu,
  MenuDivider,
  MenuDropdown,
  MenuItem,
  MenuLabel,
  MenuTarget,
  Text,
  UnstyledButton,
} from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import classes from './shell.module.css'

type Props = {
  readonly displayName: string
  readonly email: string
  readonly signOut: () => Promise<void>
}

/** Who is signed in, and the way out. */
export const AccountMenu = ({ displayName, email, signOut }: Props) => {
  const t = useTranslations('shell')
  const [isPending, startTransition] = useTransition()
  return (
    <Menu position="bottom-end" width={250}>
      <MenuTarget>
        <UnstyledButton aria-label={t('account', { name: displayName })} p={4} style={{ borderRadius: 99 }}>
          <Avatar size={32} color="pine" variant="filled">
            {/* Drawn by CSS: as text it would be a label that differs from the button's name. */}
            <span className={classes.initials} data-initials={initialsOf(displayName)} />
          </Avatar>
        </UnstyledButton>
      </MenuTarget>
      <MenuDropdown>
        <MenuLabel>
          <Text component="span" display="block" size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {displayName}
          </Text>
          <Text component="span" display="block" size="xs" truncate>
            {email}
          </Text>
        </MenuLabel>
        <MenuDivider />
        <MenuItem
          closeMenuOnClick={false}
          disabled={isPending}
          leftSection={isPending ? <Loader size={16} /> : <IconLogout size={16} aria-hidden />}
          onClick={() => startTransition(signOut)}
        >
          {t('signOut')}
        </MenuItem>
      </MenuDropdown>
    </Menu>
  )
}

const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '')
  return letters.join('').toLocaleUpperCase()
}
