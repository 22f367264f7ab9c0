'use client'

import { Button, Group, ModalBody, ModalContent, ModalOverlay, ModalRoot, ModalTitle, Stack, Text } from '@mantine/core'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { useNotify } from '#ui/use-notify.ts'
import { type Deletion, deleteProduct } from './delete-product.ts'
import type { Product } from './product.ts'

type Props = {
  /** What to ask about; the dialog is closed without it. */
  readonly product: Pick<Product, 'id' | 'name' | 'version'> | undefined
  readonly onClose: () => void
  /** Called when the request leaves, within its transition: the place for an optimistic update. */
  readonly onDeleting?: (id: string) => void
  readonly onDeleted: () => void
}

/** Asks before it deletes, and asks again when the product was changed meanwhile. */
export const DeleteProductDialog = ({ product, onClose, onDeleting, onDeleted }: Props) => {
  const t = useTranslations('products.delete')
  const notify = useNotify()
  const [isPending, startTransition] = useTransition()
  const [last, setLast] = useState<{ readonly of: typeof product; readonly deletion: Deletion }>()
  // What happened belongs to the product that was asked about then.
  const deletion = last?.of?.id === product?.id ? last?.deletion : undefined
  const isChanged = deletion?.kind === 'changed'

  const close = () => {
    setLast(undefined)
    onClose()
  }

  const confirm = () => {
    if (product === undefined) return
    startTransition(async () => {
      onDeleting?.(product.id)
      const version = isChanged ? deletion.version : product.version
      const result = await deleteProduct({ id: product.id, version })
      startTransition(() => {
        if (result.kind !== 'deleted') {
          setLast({ of: product, deletion: result })
          return
        }
        notify(t('done', { name: product.name }))
        close()
        onDeleted()
      })
    })
  }

  return (
    // From its parts, because the header of a Modal counts as a second banner of the page.
    <ModalRoot opened={product !== undefined} onClose={close} centered>
      <ModalOverlay />
      <ModalContent radius="lg">
        <ModalBody p="lg">
          <Stack gap="md">
            <ModalTitle fz="lg" fw={650} style={{ overflowWrap: 'anywhere' }}>
              {t('title', { name: product?.name ?? '' })}
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
