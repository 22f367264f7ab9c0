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
          <Avatar size={32} color="pine" variant="filled" name={displayName} alt="" aria-hidden />
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
