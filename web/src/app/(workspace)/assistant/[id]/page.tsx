import { Anchor, Group, Stack, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Chat } from '#features/assistant/chat.tsx'
import { DeleteConversationButton } from '#features/assistant/delete-conversation-button.tsx'
import { loadConversation } from '#features/assistant/load-conversation.ts'
import { getViewerWith } from '#session/viewer.ts'
import { Link } from '#ui/link.tsx'
import { readCursor } from '#ui/list/cursor.ts'

type Props = PageProps<'/assistant/[id]'>

const load = async ({ params, searchParams }: Props) => {
  const cursor = readCursor(await searchParams)
  const before = cursor !== undefined && 'before' in cursor ? cursor.before : undefined
  return { before, conversation: await loadConversation((await params).id, before) }
}

export const generateMetadata = async (props: Props): Promise<Metadata> => ({
  title: (await load(props)).conversation.title ?? (await getTranslations('assistant'))('untitled'),
})

export default async function Page(props: Props) {
  const viewer = await getViewerWith('assistant:conversation:view')
  const [{ before, conversation }, t] = await Promise.all([load(props), getTranslations('assistant')])
  const { id, messages } = conversation
  const title = conversation.title ?? t('untitled')
  const maySave = viewer.may('assistant:conversation:save')
  const address = `/assistant/${encodeURIComponent(id)}`
  return (
    <Stack gap="lg" maw={760} mx="auto">
      <div>
        <Anchor component={Link} href="/assistant" size="sm">
          <Group component="span" gap={6} display="inline-flex">
            <IconArrowLeft size={15} aria-hidden />
            {t('title')}
          </Group>
        </Anchor>
        <Group justify="space-between" align="baseline" mt={8}>
          <Title order={1} fz="h2" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {maySave && <DeleteConversationButton id={id} title={title} />}
        </Group>
      </div>
      {messages.pageInfo.hasPreviousPage && messages.pageInfo.startCursor !== null && (
        <Anchor
          component={Link}
          href={`${address}?${new URLSearchParams({ before: messages.pageInfo.startCursor })}`}
          size="sm"
        >
          {t('earlier')}
        </Anchor>
      )}
      <Chat
        key={id}
        conversationId={id}
        // What is read back is not where one goes on.
        maySend={maySave && before === undefined}
        messages={messages.edges.map(({ node: { id: messageId, role, text, products } }) => ({
          id: messageId,
          role,
          text,
          products: products.filter((product) => product !== null),
        }))}
        suggestions={[t('suggestions.count'), t('suggestions.find'), t('suggestions.list')]}
      />
      {before !== undefined && (
        <Anchor component={Link} href={address} size="sm">
          {t('newest')}
        </Anchor>
      )}
    </Stack>
  )
}
