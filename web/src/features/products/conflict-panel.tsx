'use client'

import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import classes from './conflict.module.css'
import { conflicts, type FieldConflict } from './conflict.ts'
import { formatPrice } from './money.ts'
import type { ProductValues } from './product.ts'

type Props = {
  readonly before: ProductValues
  readonly theirs: ProductValues
  readonly mine: ProductValues
  readonly isPending: boolean
  readonly onKeepTheirs: () => void
  readonly onApplyMine: () => void
}

const LABEL = { name: 'name', sku: 'sku', priceCents: 'price', stock: 'stock' } as const

/** Theirs beside mine, field by field, and the two ways on. */
export const ConflictPanel = ({ before, theirs, mine, isPending, onKeepTheirs, onApplyMine }: Props) => {
  const t = useTranslations('products')
  const locale = useLocale()
  const heading = useRef<HTMLHeadingElement>(null)
  // Somebody who cannot see the page change must learn that nothing was saved.
  useEffect(() => heading.current?.focus(), [])
  const differences = conflicts({ before, theirs, mine })
  const show = (field: FieldConflict['field'], value: string | number) =>
    field === 'priceCents' ? formatPrice(Number(value), locale) : String(value)
  return (
    <section aria-labelledby="conflict-title">
      <Stack gap="md">
        <Alert color="yellow" variant="light" icon={<IconGitMerge aria-hidden />} role="alert">
          <Title order={2} fz="md" id="conflict-title" ref={heading} tabIndex={-1} className={classes.title}>
            {t('conflict.title')}
          </Title>
          <Text size="sm" mt={4}>
            {t(differences.length === 0 ? 'conflict.same' : 'conflict.text')}
          </Text>
        </Alert>
        {differences.length > 0 && (
          <div className={classes.frame}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('conflict.field')}</th>
                  <th scope="col">{t('conflict.theirs')}</th>
                  <th scope="col">{t('conflict.mine')}</th>
                </tr>
              </thead>
              <tbody>
                {differences.map(({ field, before: was, theirs: their, mine: my, isContested }) => (
                  <tr key={field}>
                    <th scope="row">
                      {t(`fields.${LABEL[field]}`)}
                      {isContested && (
                        <Text size="xs" c="var(--nt-warning)" fw={550}>
                          {t('conflict.contested')}
                        </Text>
                      )}
                      <Text size="xs" c="dimmed" fw={400}>
                        {t('conflict.before', { value: show(field, was) })}
                      </Text>
                    </th>
                    <td data-changed={their !== was || undefined}>{show(field, their)}</td>
                    <td data-changed={my !== was || undefined}>{show(field, my)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Text size="sm" c="dimmed">
          {t('conflict.hint')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onKeepTheirs} disabled={isPending}>
            {t('conflict.keepTheirs')}
          </Button>
          <Button onClick={onApplyMine} loading={isPending}>
            {t('conflict.applyMine')}
          </Button>
        </Group>
      </Stack>
    </section>
  )
}
