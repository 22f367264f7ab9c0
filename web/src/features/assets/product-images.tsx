import { Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { ProblemError } from '#gateway/problem.ts'
import { query } from '#session/query.ts'
import type { Viewer } from '#session/viewer.ts'
import { productImagesQuery } from './asset-operations.ts'
import { ImageGallery } from './image-gallery.tsx'
import { ImageUpload } from './image-upload.tsx'
import classes from './images.module.css'

type Props = { readonly productId: string; readonly viewer: Viewer }

/** The pictures of one product, for its page; the page stands also where they cannot be shown. */
export const ProductImages = async ({ productId, viewer }: Props) => {
  const t = await getTranslations('images')
  return (
    <section aria-labelledby="images">
      <Title order={2} fz="lg" id="images" mb="xs">
        {t('title')}
      </Title>
      <Paper className={classes.surface} radius="lg" p={{ base: 'md', xs: 'xl' }}>
        <Stack gap="md">
          <Suspense
            fallback={<Skeleton height={132} width={132} radius="md" role="status" aria-label={t('loading')} />}
          >
            <Images productId={productId} viewer={viewer} />
          </Suspense>
          {viewer.may('app:product:save') && <ImageUpload productId={productId} />}
        </Stack>
      </Paper>
    </section>
  )
}

const Images = async ({ productId, viewer }: Props) => {
  const images = await findImages(productId)
  if (images === undefined || images.length === 0) {
    const t = await getTranslations('images')
    return (
      <Text size="sm" c="dimmed">
        {t(images === undefined ? 'unavailable' : 'none')}
      </Text>
    )
  }
  return (
    <ImageGallery
      images={images.flatMap(({ id, fileName, url, createdBy }) =>
        url === null
          ? []
          : [{ id, name: fileName, url, mayDelete: viewer.may('assets:asset:delete') || createdBy?.id === viewer.id }],
      )}
    />
  )
}

/** The pictures of the product; undefined where they cannot be asked now. */
const findImages = async (productId: string) => {
  try {
    return (await query(productImagesQuery, { id: productId })).product?.images ?? undefined
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}
