import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { getTranslations } from 'next-intl/server'
import { Link } from '#ui/link.tsx'
import { type ListView, listHref } from './list-address.ts'
import { ProductSearch } from './product-search.tsx'
import { SORTS } from './sorts.ts'

type Props = { readonly view: ListView; readonly maySave: boolean }

/** Title, the way to add a product, and the search: what stays while the list below changes. */
export const ProductsHeader = async ({ view, maySave }: Props) => {
  const t = await getTranslations('products')
  const sortOptions = SORTS.flatMap((sort) =>
    (['asc', 'desc'] as const).map((direction) => ({
      label: t(`order.${direction}`, { column: t(`columns.${sort}`) }),
      href: listHref({ ...view, sort, direction, cursor: undefined }),
    })),
  )
  return (
    <Stack gap="lg" mb="md">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1}>{t('title')}</Title>
          <Text c="dimmed" mt={4}>
            {t('intro')}
          </Text>
        </div>
        {maySave && (
          <Button component={Link} href="/products/new" leftSection={<IconPlus size={17} aria-hidden />}>
            {t('new')}
          </Button>
        )}
      </Group>
      <ProductSearch
        search={view.search}
        sort={view.sort}
        direction={view.direction}
        sortOptions={sortOptions}
        sortHref={listHref({ ...view, cursor: undefined })}
      />
    </Stack>
  )
}
