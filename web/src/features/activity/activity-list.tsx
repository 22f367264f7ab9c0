import { Anchor, EmptyState, Paper, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { getTranslations } from 'next-intl/server'
import { present } from '#gateway/present.ts'
import { query } from '#session/query.ts'
import { Link } from '#ui/link.tsx'
import { neighbours, pageVariables } from '#ui/list/cursor.ts'
import { loadPage } from '#ui/list/load-page.ts'
import { Pager } from '#ui/list/pager.tsx'
import classes from './activity.module.css'
import { type ActivityView, activityHref } from './activity-address.ts'
import { ActivityItems } from './activity-items.tsx'
import { activityQuery } from './activity-query.ts'

/** One page of the feed with the links to its neighbours. */
export const ActivityList = async ({ view }: { readonly view: ActivityView }) => {
  const { productId, cursor } = view
  const variables = { ...pageVariables(cursor), productId: productId ?? null }
  const load = async () => present((await query(activityQuery, variables)).activity)
  const { edges, pageInfo } = await loadPage(load, cursor, activityHref({ productId, cursor: undefined }))
  const t = await getTranslations('activity')
  const { previous, next } = neighbours(pageInfo)
  const product = edges[0]?.node.productName
  return (
    <>
      {productId !== undefined && (
        <Text size="sm" mb="md" className={classes.sentence}>
          {product === undefined ? t('onlyOne') : t('only', { product })}{' '}
          <Anchor component={Link} href="/activity" inherit underline="always">
            {t('showAll')}
          </Anchor>
        </Text>
      )}
      {edges.length === 0 ? (
        <EmptyState
          py={56}
          variant="light"
          icon={<IconHistory size={28} aria-hidden />}
          title={t('empty.title')}
          description={t('empty.text')}
        />
      ) : (
        <>
          <Paper className={classes.surface} radius="lg" px={{ base: 'md', xs: 'lg' }} py={4}>
            <ActivityItems changes={edges.map(({ node }) => node)} isProductNamed />
          </Paper>
          <Pager
            previous={previous && activityHref({ productId, cursor: previous })}
            next={next && activityHref({ productId, cursor: next })}
          />
        </>
      )}
    </>
  )
}
