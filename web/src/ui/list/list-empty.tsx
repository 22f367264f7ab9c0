import { Button, EmptyState, EmptyStateActions } from '@mantine/core'
import { IconPlus, IconSearchOff } from '@tabler/icons-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Link } from '#ui/link.tsx'

type NothingProps = {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly add: { readonly href: string; readonly label: string } | undefined
}

/** There is nothing yet, and how the first one comes. */
export const NothingYet = ({ icon, title, text, add }: NothingProps) => (
  <EmptyState py={56} variant="light" icon={icon} title={title} description={text}>
    {add !== undefined && (
      <EmptyStateActions>
        <Button component={Link} href={add.href} leftSection={<IconPlus size={16} aria-hidden />}>
          {add.label}
        </Button>
      </EmptyStateActions>
    )}
  </EmptyState>
)

type NoMatchProps = { readonly text: string; readonly clear: { readonly href: string; readonly label: string } }

/** Nothing matches what was searched for. */
export const NoMatch = async ({ text, clear }: NoMatchProps) => {
  const t = await getTranslations('list')
  return (
    <EmptyState
      py={56}
      variant="light"
      icon={<IconSearchOff size={28} aria-hidden />}
      title={t('noMatch')}
      description={text}
    >
      <EmptyStateActions>
        <Button component={Link} href={clear.href} variant="default">
          {clear.label}
        </Button>
      </EmptyStateActions>
    </EmptyState>
  )
}
