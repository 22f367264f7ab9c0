import type { Actor } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { KeyManager } from '../key-manager.ts'
import type { KeyFacts } from '../key-ring.ts'

type Deps = { authorizer: Authorizer; keyManager: KeyManager }

/** The signing keys without anything that is secret, newest first. */
export const listSigningKeys =
  ({ authorizer, keyManager }: Deps) =>
  async (actor: Actor): Promise<readonly KeyFacts[]> => {
    authorizer.authorize(actor, 'security:key:view', { type: 'SigningKey' })
    return keyManager.list()
  }
