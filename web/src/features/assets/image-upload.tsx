'use client'

import { Button, CloseButton, FileButton, Group, Loader, Progress, Text } from '@mantine/core'
import { IconPhotoPlus } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import { type DragEvent, useState } from 'react'
import { IMAGE_TYPES } from './image-rules.ts'
import classes from './images.module.css'
import { type Upload, useImageUploads } from './use-image-uploads.ts'

/** Takes pictures by drag and drop or from a file picker and shows how far each has come. */
export const ImageUpload = ({ productId }: { readonly productId: string }) => {
  const t = useTranslations('images')
  const { uploads, add, dismiss } = useImageUploads(productId)
  const [isOver, setOver] = useState(false)

  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    add([...event.dataTransfer.files])
  }

  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button in it is the first. */}
      <div
        className={classes.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <FileButton multiple accept={IMAGE_TYPES.join(',')} onChange={(files) => add(files)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconPhotoPlus size={17} aria-hidden />}>
              {t('choose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {t('dropHint')}
        </Text>
      </div>
      {uploads.length > 0 && (
        <ul className={classes.uploads} aria-label={t('uploads')}>
          {uploads.map((upload) => (
            <UploadRow key={upload.key} upload={upload} onDismiss={() => dismiss(upload.key)} />
          ))}
        </ul>
      )}
    </div>
  )
}

const UploadRow = ({ upload, onDismiss }: { readonly upload: Upload; readonly onDismiss: () => void }) => {
  const t = useTranslations('images')
  const { fileName, percent, state, message } = upload
  return (
    <li>
      <Group gap="sm" wrap="nowrap" justify="space-between">
        <Text size="sm" className={classes.fileName}>
          {fileName}
        </Text>
        {state === 'failed' ? (
          <CloseButton size="sm" onClick={onDismiss} aria-label={t('dismiss', { name: fileName })} />
        ) : (
          <Loader size={16} />
        )}
      </Group>
      {state === 'failed' ? (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {message}
        </Text>
      ) : (
        <Progress value={percent} size="sm" mt={4} aria-label={t('progress', { name: fileName })} />
      )}
    </li>
  )
}
