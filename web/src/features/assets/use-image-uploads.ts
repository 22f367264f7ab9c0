'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { findFault, sha256Of } from './image-rules.ts'
import { beginUpload, finishUpload } from './upload-actions.ts'

/** One file on its way. */
export type Upload = {
  readonly key: number
  readonly fileName: string
  readonly percent: number
  readonly state: 'sending' | 'failed'
  readonly message?: string
}

/** Sends files as pictures of a product, one after the other; what went well leaves the list, as the picture is then shown. */
export const useImageUploads = (productId: string) => {
  const t = useTranslations('images.faults')
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const keys = useRef(0)
  const queue = useRef(Promise.resolve())

  const change = (key: number, next: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...next } : upload)))
  const remove = (key: number) => setUploads((all) => all.filter((upload) => upload.key !== key))

  const send = async (file: File, key: number): Promise<void> => {
    const fail = (message: string) => change(key, { state: 'failed', message })
    try {
      // Loaded with the first file, and not with the page.
      const [{ sendImage }, sha256] = await Promise.all([import('./image-sender.ts'), sha256Of(file)])
      const { name: fileName, type: contentType, size: sizeBytes } = file
      const begun = await beginUpload({ productId, fileName, contentType, sizeBytes, sha256 })
      if (!begun.ok) return fail(begun.message)
      await sendImage(file, begun.ticket, { onProgress: (percent) => change(key, { percent }) })
      const finished = await finishUpload(begun.ticket.assetId)
      return finished.ok ? remove(key) : fail(finished.message)
    } catch {
      fail(t('notSent'))
    }
  }

  const add = (files: readonly File[]) => {
    for (const file of files) {
      keys.current += 1
      const key = keys.current
      const fault = findFault(file)
      const upload = { key, fileName: file.name, percent: 0 }
      setUploads((all) => [
        ...all,
        fault === undefined ? { ...upload, state: 'sending' } : { ...upload, state: 'failed', message: t(fault) },
      ])
      if (fault === undefined) queue.current = queue.current.then(() => send(file, key))
    }
  }

  return { uploads, add, dismiss: remove }
}
