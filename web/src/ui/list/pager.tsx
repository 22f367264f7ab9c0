'use client'

import { Button, Group, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import { Link } from '#ui/link.tsx'

type Props = {
  /** How many there are in all, where that is known. */
  readonly total?: string
  readonly previous: string | undefined
  readonly next: string | undefined
}

/** The total and the links to the pages before and after; a page that does not exist has a disabled button. */
export const Pager = ({ total, previous, next }: Props) => {
  const t = useTranslations('list.pages')
  return (
    <Group justify="space-between" mt="md">
      <Text size="sm" c="dimmed" role="status">
        {total}
      </Text>
      <Group component="nav" aria-label={t('label')} gap="xs">
        <PageButton href={previous} label={t('previous')} rel="prev" />
        <PageButton href={next} label={t('next')} rel="next" />
      </Group>
    </Group>
  )
}

type PageButtonProps = { readonly href: string | undefined; readonly label: string; readonly rel: 'prev' | 'next' }

const PageButton = ({ href, label, rel }: PageButtonProps) => {
  const icon = rel === 'prev' ? { leftSection: <IconChevronLeft size={16} aria-hidden /> } : {}
  const trailing = rel === 'next' ? { rightSection: <IconChevronRight size={16} aria-hidden /> } : {}
  const look = { variant: 'default', size: 'sm', ...icon, ...trailing } as const
  return href === undefined ? (
    <Button {...look} disabled>
      {label}
    </Button>
  ) : (
    <Button {...look} component={Link} href={href} rel={rel}>
      {label}
    </Button>
  )
}
