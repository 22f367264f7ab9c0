/** The types of pictures that the contract takes. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const

export const MAX_BYTES = 10 * 1024 * 1024

/** Which message says why a file cannot be sent: a key under images.faults. */
export type ImageFault = 'type' | 'empty' | 'tooLarge'

/** What can be known of a file before it is sent; its bytes are checked by the service. */
export const findFault = ({ type, size }: { readonly type: string; readonly size: number }): ImageFault | undefined => {
  if (!IMAGE_TYPES.some((known) => known === type)) return 'type'
  if (size === 0) return 'empty'
  return size > MAX_BYTES ? 'tooLarge' : undefined
}

/** The SHA-256 of the file's bytes, in base64. */
export const sha256Of = async (file: Blob): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  return btoa(String.fromCharCode(...digest))
}
