'use client'

import { Button } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { DeleteDialog } from '#ui/record/delete-dialog.tsx'
import { deleteConversation } from './delete-conversation.ts'

type Props = { readonly id: string; readonly title: string }

/** Removes the conversation after asking, and goes back to the others. */
export const DeleteConversationButton = ({ id, title }: Props) => {
  const t = useTranslations('assistant')
  const router = useRouter()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button variant="subtle" color="red" size="compact-sm" onClick={() => setAsking(true)}>
        {t('delete')}
      </Button>
      <DeleteDialog
        record={isAsking ? { id, name: title } : undefined}
        remove={deleteConversation}
        onClose={() => setAsking(false)}
        onDeleted={() => router.push('/assistant')}
      />
    </>
  )
}
