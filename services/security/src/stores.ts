import { auditStore } from './audit-store.ts'
import { challengeStore } from './challenge-store.ts'
import { factorStore } from './factor-store.ts'
import { federatedIdentityStore } from './federated-identity-store.ts'
import { grantStore } from './grant-store.ts'
import { groupStore } from './group-store.ts'
import { linkTokenStore } from './link-token-store.ts'
import { membershipStore } from './membership-store.ts'
import { passkeyStore } from './passkey-store.ts'
import { permissionStore } from './permission-store.ts'
import { policyVersionStore } from './policy-version-store.ts'
import { roleStore } from './role-store.ts'
import { sentMailStore } from './sent-mail-store.ts'
import { servicePrincipalStore } from './service-principal-store.ts'
import { sessionStore } from './session-store.ts'
import { signInFailureStore } from './sign-in-failure-store.ts'
import { userDirectoryStore } from './user-directory-store.ts'
import { userStore } from './user-store.ts'

/** All SQL of the security service, by what it is about. */
export const stores = {
  auditLog: auditStore,
  grants: grantStore,
  policyVersions: policyVersionStore,
  users: userStore,
  userDirectory: userDirectoryStore,
  groups: groupStore,
  memberships: membershipStore,
  roles: roleStore,
  permissions: permissionStore,
  sessions: sessionStore,
  signInFailures: signInFailureStore,
  emailVerifications: linkTokenStore('email_verification_tokens'),
  passwordResets: linkTokenStore('password_reset_tokens'),
  servicePrincipals: servicePrincipalStore,
  federatedIdentities: federatedIdentityStore,
  sentMails: sentMailStore,
  factors: factorStore,
  passkeys: passkeyStore,
  challenges: challengeStore,
} as const

export type Stores = typeof stores
