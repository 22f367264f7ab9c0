import { readFile } from 'node:fs/promises'
import { inputInvalid } from '@neotool/kit/errors'
import type { Password } from './password.ts'
import type { User } from './user.ts'

export type CommonPasswords = ReadonlySet<string>

/** The passwords that attackers try first; common-passwords/README.md says where they are from. */
export const readCommonPasswords = async (): Promise<CommonPasswords> => {
  const file = new URL('common-passwords/passwords.txt', import.meta.url)
  return new Set((await readFile(file, 'utf8')).trimEnd().split('\n'))
}

type Owner = Pick<User, 'email' | 'displayName'>

/**
 * Refuses a password that is tried first: one that many have, or the person's own e-mail or name, or any of these said
 * several times over. In whatever case it is written, because attackers try that too. Throws INPUT_INVALID for the field.
 */
export const refuseGuessable = (
  common: CommonPasswords,
  { field, password, owner }: { field: string; password: Password; owner: Owner },
): void => {
  const typed = password.toLowerCase()
  const own = ownWords(owner)
  for (const word of [typed, repeatedPart(typed)]) {
    if (common.has(word) || word.length < SHORTEST_PART) {
      throw inputInvalid([{ path: field, message: 'is one of the passwords that attackers try first' }])
    }
    if (own.includes(lettersOf(word))) {
      throw inputInvalid([{ path: field, message: 'must not be your e-mail or your name' }])
    }
  }
}

// The list has nothing shorter: whatever repeats one, two or three characters is as easy.
const SHORTEST_PART = 4

/** What a text repeats: `abc` of `abcabcabc`; the whole text where it repeats nothing. */
const repeatedPart = (text: string): string => {
  const period = `${text}${text}`.indexOf(text, 1)
  return text.slice(0, period)
}

const ownWords = ({ email, displayName }: Owner): readonly string[] =>
  [email, email.slice(0, email.lastIndexOf('@')), displayName].map(lettersOf)

/** Letters and digits alone, so that `Ann Lee` and `ann.lee` are one. */
const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
