'use client'

import { Alert, Anchor, Button, Group } from '@mantine/core'
import { useTranslations } from 'next-intl'
import { Link } from '#ui/link.tsx'
import classes from './record.module.css'

/** Stands in place of a form whose record was deleted while it was open. */
export const RecordGone = ({ title, list }: { readonly title: string; readonly list: string }) => {
  const t = useTranslations('record.gone')
  return (
    <Alert color="red" title={title} role="alert">
      {t('text')}{' '}
      <Anchor component={Link} href={list} inherit underline="always">
        {t('toList')}
      </Anchor>
    </Alert>
  )
}

type ButtonsProps = {
  readonly list: string
  readonly maySave: boolean
  readonly isPending: boolean
  /** Absent for whoever may not delete. */
  readonly onDelete: (() => void) | undefined
}

/** What can be done with the form of a record. */
export const EditButtons = ({ list, maySave, isPending, onDelete }: ButtonsProps) => {
  const t = useTranslations('record')
  return (
    <Group justify="space-between" mt="xs">
      {onDelete === undefined ? (
        <span />
      ) : (
        <Button variant="subtle" color="red" className={classes.delete} onClick={onDelete}>
          {t('delete.button')}
        </Button>
      )}
      <Group gap="xs">
        <Button component={Link} href={list} variant="default">
          {t(maySave ? 'cancel' : 'back')}
        </Button>
        {maySave && (
          <Button type="submit" loading={isPending}>
            {t('save')}
          </Button>
        )}
      </Group>
    </Group>
  )
}

type CreateProps = { readonly list: string; readonly label: string; readonly isPending: boolean }

/** What can be done with the form of a new record. */
export const CreateButtons = ({ list, label, isPending }: CreateProps) => {
  const t = useTranslations('record')
  return (
    <Group justify="flex-end" gap="xs" mt="xs">
      <Button component={Link} href={list} variant="default">
        {t('cancel')}
      </Button>
      <Button type="submit" loading={isPending}>
        {label}
      </Button>
    </Group>
  )
}
