'use client'

import { Button, Group, ModalBody, ModalContent, ModalOverlay, ModalRoot, ModalTitle, Stack, Text } from '@mantine/core'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { useNotify } from '#ui/use-notify.ts'
import type { Deletion } from './deletion.ts'

type Props<Target> = {
  /** What to ask about; the dialog is closed without it. */
  readonly record: Target | undefined
  readonly remove: (record: Target) => Promise<Deletion>
  readonly onClose: () => void
  /** Called when the request leaves, within its transition: the place for an optimistic update. */
  readonly onDeleting?: (id: string) => void
  readonly onDeleted: () => void
}

/** Asks before it deletes, and asks again when the record was changed meanwhile. */
export const DeleteDialog = <Target extends { readonly id: string; readonly name: string }>({
  record,
  remove,
  onClose,
  onDeleting,
  onDeleted,
}: Props<Target>) => {
  const t = useTranslations('record.delete')
  const notify = useNotify()
  const [isPending, startTransition] = useTransition()
  const [last, setLast] = useState<{ readonly of: typeof record; readonly deletion: Deletion }>()
  // What happened belongs to the record that was asked about then.
  const deletion = last?.of?.id === record?.id ? last?.deletion : undefined
  const isChanged = deletion?.kind === 'changed'

  const close = () => {
    setLast(undefined)
    onClose()
  }

  const confirm = () => {
    if (record === undefined) return
    startTransition(async () => {
      onDeleting?.(record.id)
      const result = await remove(isChanged ? { ...record, version: deletion.version } : record)
      startTransition(() => {
        if (result.kind !== 'deleted') {
          setLast({ of: record, deletion: result })
          return
        }
        notify(t('done', { name: record.name }))
        close()
        onDeleted()
      })
    })
  }

  return (
    // From its parts, because the header of a Modal counts as a second banner of the page.
    <ModalRoot opened={record !== undefined} onClose={close} centered>
      <ModalOverlay />
      <ModalContent radius="lg">
        <ModalBody p="lg">
          <Stack gap="md">
            <ModalTitle fz="lg" fw={650} style={{ overflowWrap: 'anywhere' }}>
              {t('title', { name: record?.name ?? '' })}
            </ModalTitle>
            {deletion?.kind === 'failed' && <FailureAlert failure={deletion.failure} />}
            <Text size="sm" role={isChanged ? 'alert' : undefined}>
              {t(isChanged ? 'changed' : 'text')}
            </Text>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close} data-autofocus>
                {t('cancel')}
              </Button>
              <Button color="red.9" onClick={confirm} loading={isPending}>
                {t(isChanged ? 'anyway' : 'confirm')}
              </Button>
            </Group>
          </Stack>
        </ModalBody>
      </ModalContent>
    </ModalRoot>
  )
}
