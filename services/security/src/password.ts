import { AppError } from '@neotool/kit/errors'
import { z } from 'zod'

// NIST SP 800-63B-4 asks for 15 where a password is the only factor, and no rules about which characters.
const SHORTEST = 15
// And for 8 where a second factor stands beside it.
const SHORTEST_BESIDE_ANOTHER_FACTOR = 8
// Far above any passphrase.
const LONGEST = 128

const tooLong = `must have at most ${LONGEST} characters`

/**
 * Prepared as RFC 8265 (OpaqueString) says, so that one password typed on two keyboards is the same bytes: spaces of every
 * kind are one space, composed by NFC. Compatibility forms stay apart: folding them would make passwords weaker.
 */
const prepared = z
  .string()
  // NFC takes quadratic time on a long run of combining marks. Eight UTF-16 units a character are more than any script needs.
  .max(LONGEST * 8, { abort: true, error: tooLong })
  .overwrite((text) => text.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC'))
  .refine((text) => countCharacters(text) <= LONGEST, tooLong)

/** Code points, which come closest to what a person counts and are the same in every language. */
const countCharacters = (text: string): number => [...text].length

const passwordOf = (shortest: number) =>
  prepared
    .refine((text) => countCharacters(text) >= shortest, `must have at least ${shortest} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters')
    .brand<'Password'>()

/** A password that somebody chooses as their only factor. */
export const chosenPassword = passwordOf(SHORTEST)

/** A password that somebody chooses who may have a second factor: without one, `refuseShortAlone`. */
export const chosenPasswordBesideAnotherFactor = passwordOf(SHORTEST_BESIDE_ANOTHER_FACTOR)

/** Whether a password is too short to be the only factor. */
export const isShort = (password: Password): boolean => countCharacters(password) < SHORTEST

/** A password that somebody claims to be theirs: only its size is limited, whether it is right is for its hash to tell. */
export const typedPassword = prepared.brand<'Password'>()

export type Password = z.output<typeof chosenPassword>

/** The present password, asked for before it is replaced, is another one. */
export const passwordWrong = (): AppError =>
  new AppError({
    kind: 'invalid',
    reason: 'PASSWORD_WRONG',
    message: 'The present password is wrong.',
    detail: { fields: [{ path: 'currentPassword', message: 'is wrong' }] },
  })
