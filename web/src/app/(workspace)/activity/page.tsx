import { Text, Title } from '@mantine/core'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { readActivityView } from '#features/activity/activity-address.ts'
import { ActivityList } from '#features/activity/activity-list.tsx'
import { getViewerWith } from '#session/viewer.ts'
import { ListSkeleton } from '#ui/list/list-skeleton.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('activity'))('title') })

export default async function Page({ searchParams }: PageProps<'/activity'>) {
  const [t, parameters] = await Promise.all([
    getTranslations('activity'),
    searchParams,
    getViewerWith('app:product:view'),
  ])
  return (
    <>
      <Title order={1}>{t('title')}</Title>
      <Text c="dimmed" mt={4} mb="lg">
        {t('intro')}
      </Text>
      <Suspense fallback={<ListSkeleton label={t('loading')} />}>
        <ActivityList view={readActivityView(parameters)} />
      </Suspense>
    </>
  )
}
