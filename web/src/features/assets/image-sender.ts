import Uppy from '@uppy/core'
import XHRUpload from '@uppy/xhr-upload'
import type { Ticket } from './upload-actions.ts'

type Meta = { readonly ticket: Ticket; [key: string]: unknown }

// Between the browser and the storage nothing may stand still longer than this.
const STALLED_MS = 60_000

type Options = { readonly onProgress: (percent: number) => void }

/**
 * Sends the bytes of one file as its ticket says, with progress; a broken connection is tried again. Throws when the
 * storage did not take them.
 */
export const sendImage = async (file: File, ticket: Ticket, { onProgress }: Options): Promise<void> => {
  const uppy = new Uppy<Meta, Record<string, never>>({ autoProceed: false })
  uppy.use(XHRUpload, {
    method: 'PUT',
    formData: false,
    endpoint: ticket.url,
    // Exactly these: the signature is over them.
    headers: { ...ticket.headers },
    timeout: STALLED_MS,
    // The storage answers with an empty body.
    getResponseData: () => ({}),
  })
  uppy.on('upload-progress', (_, { bytesUploaded, bytesTotal }) => {
    if (bytesTotal) onProgress(Math.round((100 * Number(bytesUploaded)) / bytesTotal))
  })
  try {
    uppy.addFile({ name: file.name, type: file.type, data: file, meta: { ticket } })
    const result = await uppy.upload()
    const error = result?.failed?.[0]?.error
    if (error) throw new Error(error)
  } finally {
    uppy.destroy()
  }
}
