'use client'

import {
  AppShell,
  AppShellHeader,
  AppShellMain,
  AppShellNavbar,
  Burger,
  Container,
  Group,
  NavLink,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBox, IconHistory, IconMessageCircle, IconUsers } from '@tabler/icons-react'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Link } from '#ui/link.tsx'
import { Logo } from '#ui/logo.tsx'
import { AccountMenu } from './account-menu.tsx'
import { LanguageMenu } from './language-menu.tsx'
import classes from './shell.module.css'
import { ThemeMenu } from './theme-menu.tsx'

/** One line per area of the workspace: add yours here, with its label in messages/ under shell.areas. */
const AREAS = [
  { name: 'products', href: '/products', Icon: IconBox },
  { name: 'customers', href: '/customers', Icon: IconUsers },
  { name: 'activity', href: '/activity', Icon: IconHistory },
  { name: 'assistant', href: '/assistant', Icon: IconMessageCircle },
] as const

export type AreaName = (typeof AREAS)[number]['name']

type Props = {
  readonly areas: readonly AreaName[]
  readonly account: { readonly displayName: string; readonly email: string }
  readonly signOut: () => Promise<void>
  readonly children: ReactNode
}

/** The frame of every signed-in page: header, navigation, content. */
export const WorkspaceShell = ({ areas, account, signOut, children }: Props) => {
  const t = useTranslations('shell')
  const pathname = usePathname()
  const [isOpen, { toggle, close }] = useDisclosure()
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <AppShellHeader className={classes.header}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t(isOpen ? 'closeNavigation' : 'openNavigation')}
              aria-expanded={isOpen}
              aria-controls="navigation"
            />
            <Link href="/" className={classes.brand} aria-label={t('home')}>
              <Logo />
            </Link>
          </Group>
          <Group gap={4} wrap="nowrap">
            <LanguageMenu />
            <ThemeMenu />
            <AccountMenu {...account} signOut={signOut} />
          </Group>
        </Group>
      </AppShellHeader>
      <AppShellNavbar p="sm" id="navigation" className={classes.navbar} aria-label={t('navigation')}>
        {AREAS.filter(({ name }) => areas.includes(name)).map(({ name, href, Icon }) => {
          const isHere = pathname === href || pathname.startsWith(`${href}/`)
          return (
            <NavLink
              key={name}
              component={Link}
              href={href}
              label={t(`areas.${name}`)}
              leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
              active={isHere}
              aria-current={isHere ? 'page' : undefined}
              onClick={close}
              className={classes.area}
            />
          )
        })}
      </AppShellNavbar>
      <AppShellMain id="content" tabIndex={-1} className={classes.main}>
        <Container size="lg" p={0} className={classes.page}>
          {children}
        </Container>
      </AppShellMain>
    </AppShell>
  )
}
