import { Container } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from '#ui/link.tsx'
import { Logo } from '#ui/logo.tsx'
import classes from './shell.module.css'

/** The frame where nothing else is known: who looks, or whether anything works. */
export const PlainShell = ({ homeLabel, children }: { readonly homeLabel: string; readonly children: ReactNode }) => (
  <div className={classes.publicPage}>
    <header className={classes.publicHeader}>
      <Container size="lg" className={classes.plainBar}>
        <Link href="/" className={classes.brand} aria-label={homeLabel}>
          <Logo />
        </Link>
      </Container>
    </header>
    <main id="content" tabIndex={-1} className={classes.publicMain}>
      {children}
    </main>
  </div>
)
