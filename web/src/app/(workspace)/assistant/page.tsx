import { Stack, Text, Title } from '@mantine/core'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { Chat } from '#features/assistant/chat.tsx'
import { ConversationList } from '#features/assistant/conversation-list.tsx'
import { getViewerWith } from '#session/viewer.ts'
import { readCursor } from '#ui/list/cursor.ts'
import { ListSkeleton } from '#ui/list/list-skeleton.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('assistant'))('title'),
})

export default async function Page({ searchParams }: PageProps<'/assistant'>) {
  const [viewer, parameters, t] = await Promise.all([
    getViewerWith('assistant:conversation:view'),
    searchParams,
    getTranslations('assistant'),
  ])
  return (
    <Stack gap="xl" maw={760} mx="auto">
      <div>
        <Title order={1}>{t('title')}</Title>
        <Text c="dimmed" mt={4}>
          {t('intro')}
        </Text>
      </div>
      <Chat
        messages={[]}
        maySend={viewer.may('assistant:conversation:save')}
        suggestions={[t('suggestions.count'), t('suggestions.find'), t('suggestions.list')]}
      />
      <section aria-labelledby="conversations">
        <Title order={2} fz="lg" id="conversations" mb="xs">
          {t('conversations')}
        </Title>
        <Suspense fallback={<ListSkeleton label={t('loading')} rows={3} />}>
          <ConversationList cursor={readCursor(parameters)} />
        </Suspense>
      </section>
    </Stack>
  )
}
