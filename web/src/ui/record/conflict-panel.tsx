'use client'

import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import classes from './conflict.module.css'

/** One field in which both differ, in words. */
export type ShownConflict = {
  readonly label: string
  readonly before: string
  readonly theirs: string
  readonly mine: string
  readonly isContested: boolean
}

type Props = {
  readonly title: string
  readonly differences: readonly ShownConflict[]
  readonly isPending: boolean
  readonly onKeepTheirs: () => void
  readonly onApplyMine: () => void
}

/** Theirs beside mine, field by field, and the two ways on. */
export const ConflictPanel = ({ title, differences, isPending, onKeepTheirs, onApplyMine }: Props) => {
  const t = useTranslations('record.conflict')
  const heading = useRef<HTMLHeadingElement>(null)
  // Somebody who cannot see the page change must learn that nothing was saved.
  useEffect(() => heading.current?.focus(), [])
  return (
    <section aria-labelledby="conflict-title">
      <Stack gap="md">
        <Alert color="yellow" variant="light" icon={<IconGitMerge aria-hidden />} role="alert">
          <Title order={2} fz="md" id="conflict-title" ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </Title>
          <Text size="sm" mt={4}>
            {t(differences.length === 0 ? 'same' : 'text')}
          </Text>
        </Alert>
        {differences.length > 0 && (
          <div className={classes.frame}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('field')}</th>
                  <th scope="col">{t('theirs')}</th>
                  <th scope="col">{t('mine')}</th>
                </tr>
              </thead>
              <tbody>
                {differences.map(({ label, before, theirs, mine, isContested }) => (
                  <tr key={label}>
                    <th scope="row">
                      {label}
                      {isContested && (
                        <Text size="xs" c="var(--nt-warning)" fw={550}>
                          {t('contested')}
                        </Text>
                      )}
                      <Text size="xs" c="dimmed" fw={400}>
                        {t('before', { value: before })}
                      </Text>
                    </th>
                    <td data-changed={theirs !== before || undefined}>{theirs}</td>
                    <td data-changed={mine !== before || undefined}>{mine}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Text size="sm" c="dimmed">
          {t('hint')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onKeepTheirs} disabled={isPending}>
            {t('keepTheirs')}
          </Button>
          <Button onClick={onApplyMine} loading={isPending}>
            {t('applyMine')}
          </Button>
        </Group>
      </Stack>
    </section>
  )
}
