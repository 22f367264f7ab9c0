import { Paper, Text } from '@mantine/core'
import { getTranslations } from 'next-intl/server'
import { present } from '#gateway/present.ts'
import { query } from '#session/query.ts'
import { Link } from '#ui/link.tsx'
import { type Cursor, neighbours, pageVariables } from '#ui/list/cursor.ts'
import { loadPage } from '#ui/list/load-page.ts'
import { Pager } from '#ui/list/pager.tsx'
import { LocalDate } from '#ui/local-date.tsx'
import classes from './assistant.module.css'
import { conversationsQuery } from './conversation-operations.ts'

const PAGE_SIZE = 10

const hrefOf = (cursor: Cursor): string =>
  cursor === undefined ? '/assistant' : `/assistant?${new URLSearchParams({ ...cursor })}`

/** One page of the viewer's own conversations. */
export const ConversationList = async ({ cursor }: { readonly cursor: Cursor }) => {
  const load = async () => present((await query(conversationsQuery, pageVariables(cursor, PAGE_SIZE))).conversations)
  const { edges, pageInfo } = await loadPage(load, cursor, '/assistant')
  const t = await getTranslations('assistant')
  if (edges.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('none')}
      </Text>
    )
  const { previous, next } = neighbours(pageInfo)
  return (
    <>
      <Paper className={classes.surface} radius="lg" px={{ base: 'md', xs: 'lg' }} py={4}>
        <ul className={classes.conversations}>
          {edges.map(({ node: { id, title, createdAt } }) => (
            <li key={id}>
              <Link href={`/assistant/${encodeURIComponent(id)}`}>
                <span className={classes.conversationTitle}>{title ?? t('untitled')}</span>
                <span className={classes.date}>
                  <LocalDate iso={createdAt} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Paper>
      {(previous ?? next) !== undefined && (
        <Pager previous={previous && hrefOf(previous)} next={next && hrefOf(next)} />
      )}
    </>
  )
}
