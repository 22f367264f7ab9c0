'use client'

import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { DeleteDialog } from '#ui/record/delete-dialog.tsx'
import { deleteImage } from './delete-image.ts'
import classes from './images.module.css'

export type ProductImage = {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly mayDelete: boolean
}

/** The pictures as thumbnails that open in full, each with the way to remove it. */
export const ImageGallery = ({ images }: { readonly images: readonly ProductImage[] }) => {
  const t = useTranslations('images')
  const [doomed, setDoomed] = useState<ProductImage>()
  return (
    <>
      <ul className={classes.gallery}>
        {images.map((image) => (
          <li key={image.id} className={classes.thumbnail}>
            <a href={image.url} target="_blank" rel="noopener noreferrer" aria-label={t('open', { name: image.name })}>
              {/* biome-ignore lint/performance/noImgElement: it comes from the storage as it is; nothing here transforms it. */}
              <img src={image.url} alt={image.name} loading="lazy" />
            </a>
            {image.mayDelete && (
              <ActionIcon
                variant="default"
                size="md"
                className={classes.remove}
                aria-label={t('remove', { name: image.name })}
                onClick={() => setDoomed(image)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <DeleteDialog
        record={doomed}
        remove={deleteImage}
        onClose={() => setDoomed(undefined)}
        onDeleted={() => setDoomed(undefined)}
      />
    </>
  )
}
