import { Anchor, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { getTranslations } from 'next-intl/server'
import { type ReactNode, Suspense } from 'react'
import { present } from '#gateway/present.ts'
import { ProblemError } from '#gateway/problem.ts'
import { query } from '#session/query.ts'
import { Link } from '#ui/link.tsx'
import classes from './activity.module.css'
import { activityHref } from './activity-address.ts'
import { ActivityItems } from './activity-items.tsx'
import { activityQuery } from './activity-query.ts'

const SHOWN = 10

/** The last changes of one product, for its page; the page stands also where they cannot be shown. */
export const RecentActivity = async ({ productId }: { readonly productId: string }) => {
  const t = await getTranslations('activity')
  return (
    <section aria-labelledby="history">
      <Group justify="space-between" align="baseline" mb="xs">
        <Title order={2} fz="lg" id="history">
          {t('history')}
        </Title>
        <Anchor component={Link} href={activityHref({ productId, cursor: undefined })} size="sm">
          {t('all')}
        </Anchor>
      </Group>
      <Paper className={classes.surface} radius="lg" px={{ base: 'md', xs: 'xl' }} py={4}>
        <Suspense fallback={<RecentSkeleton label={t('loading')} />}>
          <RecentItems productId={productId} />
        </Suspense>
      </Paper>
    </section>
  )
}

const RecentItems = async ({ productId }: { readonly productId: string }): Promise<ReactNode> => {
  const t = await getTranslations('activity')
  const changes = await findRecent(productId)
  if (changes === undefined || changes.length === 0)
    return (
      <Text size="sm" c="dimmed" py="md">
        {t(changes === undefined ? 'unavailable' : 'empty.text')}
      </Text>
    )
  return <ActivityItems changes={changes} isProductNamed={false} />
}

const findRecent = async (productId: string) => {
  try {
    const variables = { first: SHOWN, after: null, last: null, before: null, productId }
    return present((await query(activityQuery, variables)).activity).edges.map(({ node }) => node)
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

const RecentSkeleton = ({ label }: { readonly label: string }) => (
  <Stack gap="md" py="md" aria-busy="true" aria-label={label} role="status">
    <Skeleton height={20} radius="sm" />
    <Skeleton height={20} radius="sm" />
  </Stack>
)
