import { Paper, Skeleton, Stack } from '@mantine/core'
import { getTranslations } from 'next-intl/server'
import classes from './products.module.css'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** Stands where the table will be, so that nothing jumps when it comes. */
export const ProductListSkeleton = async () => {
  const t = await getTranslations('products')
  return (
    <Paper className={classes.surface} radius="lg" aria-busy="true" p="md">
      <p className={classes.visuallyHidden}>{t('loading')}</p>
      <Stack gap="lg" py={6}>
        {ROWS.map((row) => (
          <Skeleton key={row} height={20} radius="sm" />
        ))}
      </Stack>
    </Paper>
  )
}
