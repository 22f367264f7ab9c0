import { Button, Container, Group, Text } from '@mantine/core'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Link } from '#ui/link.tsx'
import { Logo } from '#ui/logo.tsx'
import { LanguageMenu } from './language-menu.tsx'
import classes from './shell.module.css'
import { ThemeMenu } from './theme-menu.tsx'

type Props = {
  readonly presence: 'signed-in' | 'anonymous' | 'unknown'
  readonly children: ReactNode
}

/** The frame of pages that everybody may see. */
export const PublicShell = async ({ presence, children }: Props) => {
  const t = await getTranslations('shell')
  return (
    <div className={classes.publicPage}>
      <header className={classes.publicHeader}>
        <Container size="lg">
          <Group className={classes.publicBar} justify="space-between" wrap="nowrap">
            <Link href="/" className={classes.brand} aria-label={t('home')}>
              <Logo />
            </Link>
            <Group component="nav" aria-label={t('navigation')} gap={4} wrap="nowrap">
              <LanguageMenu />
              <ThemeMenu />
              {presence === 'anonymous' ? (
                <>
                  <Button component={Link} href="/sign-in" variant="subtle" color="gray" visibleFrom="xs">
                    {t('signIn')}
                  </Button>
                  <Button component={Link} href="/sign-up" className={classes.publicAction}>
                    {t('signUp')}
                  </Button>
                </>
              ) : (
                <Button component={Link} href="/products">
                  {t('open')}
                </Button>
              )}
            </Group>
          </Group>
        </Container>
      </header>
      <main id="content" tabIndex={-1} className={classes.publicMain}>
        {children}
      </main>
      <footer className={classes.footer}>
        <Container size="lg">
          <Text size="sm" c="dimmed">
            {t('footer')}
          </Text>
        </Container>
      </footer>
    </div>
  )
}
