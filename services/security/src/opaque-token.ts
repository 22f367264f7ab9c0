import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

/** 32 bytes in base64url; what they are is known to whoever was given them alone. */
export const opaqueToken = z.string().regex(/^[\w-]{43}$/)

export const randomToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of a token. No salt and no slow hash: nobody can guess 256 random bits. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()
