import type { Audit } from '@neotool/kit/audit'
import type { Authenticate } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { KeyedHash } from '@neotool/kit/keyed-hash'
import type { Database } from '@neotool/kit/postgres'
import type { Logger } from '@neotool/kit/telemetry'
import type { IssueAccessToken } from './access-token.ts'
import type { DataCipher } from './data-cipher.ts'
import type { Tables } from './database.ts'
import type { CommonPasswords } from './guessable-password.ts'
import type { VerifyIdToken } from './id-token-verifier.ts'
import type { IdentityProvider } from './identity-provider.ts'
import type { KeyManager } from './key-manager.ts'
import type { Limits } from './limits.ts'
import type { Mailer } from './mailer.ts'
import type { ReadAccessToken } from './oauth/read-access-token.ts'
import { createOAuthUseCases } from './oauth/use-cases.ts'
import type { PasswordHasher } from './password-hasher.ts'
import type { BuiltInPolicies } from './policy-version.ts'
import type { SucceedToken } from './refresh-token.ts'
import type { RelyingParty } from './relying-party.ts'
import type { SignServiceToken } from './service-token.ts'
import type { SignInLock } from './sign-in-lock.ts'
import type { Stores } from './stores.ts'
import { activatePolicy } from './use-cases/activate-policy.ts'
import { appendAuditEvent } from './use-cases/append-audit-event.ts'
import { assignGroupToUser } from './use-cases/assign-group-to-user.ts'
import { assignPermissionToRole } from './use-cases/assign-permission-to-role.ts'
import { assignRoleToGroup } from './use-cases/assign-role-to-group.ts'
import { beginPasskeyRegistration } from './use-cases/begin-passkey-registration.ts'
import { beginPasskeySignIn } from './use-cases/begin-passkey-sign-in.ts'
import { beginPasskeyStepUp } from './use-cases/begin-passkey-step-up.ts'
import { changePassword } from './use-cases/change-password.ts'
import { checkPermission } from './use-cases/check-permission.ts'
import { completeSignIn } from './use-cases/complete-sign-in.ts'
import { confirmTotp } from './use-cases/confirm-totp.ts'
import { createGroup } from './use-cases/create-group.ts'
import { createRole } from './use-cases/create-role.ts'
import { createServicePrincipal } from './use-cases/create-service-principal.ts'
import { deleteAccount } from './use-cases/delete-account.ts'
import { deleteGroup } from './use-cases/delete-group.ts'
import { deleteRole } from './use-cases/delete-role.ts'
import { disableServicePrincipal } from './use-cases/disable-service-principal.ts'
import { disableUser } from './use-cases/disable-user.ts'
import { draftPolicy } from './use-cases/draft-policy.ts'
import { enableUser } from './use-cases/enable-user.ts'
import { endOtherSessions } from './use-cases/end-other-sessions.ts'
import { endOwnSession } from './use-cases/end-own-session.ts'
import { enrolTotp } from './use-cases/enrol-totp.ts'
import { explain } from './use-cases/explain.ts'
import { exportAuditEvents } from './use-cases/export-audit-events.ts'
import { findGroup } from './use-cases/find-group.ts'
import { findRole } from './use-cases/find-role.ts'
import { findUser } from './use-cases/find-user.ts'
import { linkIdentity } from './use-cases/link-identity.ts'
import { listAuditEvents } from './use-cases/list-audit-events.ts'
import { listGroups } from './use-cases/list-groups.ts'
import { listIdentities } from './use-cases/list-identities.ts'
import { listMembers } from './use-cases/list-members.ts'
import { listPermissions } from './use-cases/list-permissions.ts'
import { listPolicies } from './use-cases/list-policies.ts'
import { listGroupsOfRole, listRolesOfGroup } from './use-cases/list-relations.ts'
import { listRoles } from './use-cases/list-roles.ts'
import { listServicePrincipals } from './use-cases/list-service-principals.ts'
import { listSessions } from './use-cases/list-sessions.ts'
import { listSigningKeys } from './use-cases/list-signing-keys.ts'
import { listUsers } from './use-cases/list-users.ts'
import { publishActivePolicy } from './use-cases/publish-active-policy.ts'
import { refreshAccessToken } from './use-cases/refresh-access-token.ts'
import { regenerateRecoveryCodes } from './use-cases/regenerate-recovery-codes.ts'
import { registerPasskey } from './use-cases/register-passkey.ts'
import { removeGroupFromUser } from './use-cases/remove-group-from-user.ts'
import { removePasskey } from './use-cases/remove-passkey.ts'
import { removePermissionFromRole } from './use-cases/remove-permission-from-role.ts'
import { removeRoleFromGroup } from './use-cases/remove-role-from-group.ts'
import { removeTotp } from './use-cases/remove-totp.ts'
import { requestPasswordReset } from './use-cases/request-password-reset.ts'
import { resendVerificationEmail } from './use-cases/resend-verification-email.ts'
import { resetPassword } from './use-cases/reset-password.ts'
import { rollbackPolicy } from './use-cases/rollback-policy.ts'
import { rotateServiceSecret } from './use-cases/rotate-service-secret.ts'
import { rotateSigningKey } from './use-cases/rotate-signing-key.ts'
import { sendRequestedMail } from './use-cases/send-requested-mail.ts'
import { signIn } from './use-cases/sign-in.ts'
import { signInWithOAuth } from './use-cases/sign-in-with-oauth.ts'
import { signInWithPasskey } from './use-cases/sign-in-with-passkey.ts'
import { signOut } from './use-cases/sign-out.ts'
import { signUp } from './use-cases/sign-up.ts'
import { simulatePolicy } from './use-cases/simulate-policy.ts'
import { stepUp } from './use-cases/step-up.ts'
import { unlinkIdentity } from './use-cases/unlink-identity.ts'
import { updateGroup } from './use-cases/update-group.ts'
import { updateProfile } from './use-cases/update-profile.ts'
import { updateRole } from './use-cases/update-role.ts'
import { updateUser } from './use-cases/update-user.ts'
import { verifyAuditLog } from './use-cases/verify-audit-log.ts'
import { verifyEmailWithToken } from './use-cases/verify-email-with-token.ts'
import { viewFactors } from './use-cases/view-factors.ts'
import { viewPolicySources } from './use-cases/view-policy-sources.ts'
import { viewPrivate } from './use-cases/view-private.ts'
import { createWorkLimit, inTurn } from './work-limit.ts'

export type UseCaseDeps = Stores & {
  readonly database: Database<Tables>
  readonly passwords: PasswordHasher
  readonly commonPasswords: CommonPasswords
  readonly mailer: Mailer
  /** Where links in mails lead to. */
  readonly webUrl: string
  /** Whom the access tokens of users are for. */
  readonly audience: string
  readonly identityProviders: readonly IdentityProvider[]
  readonly verifyIdToken: VerifyIdToken
  /** The `iss` of our tokens, and our address. */
  readonly issuer: string
  readonly issueAccessToken: IssueAccessToken
  readonly signServiceToken: SignServiceToken
  /** Checks access tokens, as every service does. */
  readonly authenticate: Authenticate
  readonly readAccessToken: ReadAccessToken
  readonly succeedToken: SucceedToken
  readonly keyManager: KeyManager
  readonly relyingParty: RelyingParty
  readonly dataCipher: DataCipher
  readonly authorizer: Authorizer
  readonly builtIn: BuiltInPolicies
  readonly audit: Audit
  /** Of personal data, for where only its equality matters. */
  readonly keyedHash: KeyedHash
  readonly limits: Limits
  readonly signInLock: SignInLock
  readonly log: Logger
  readonly now: () => Date
}

// Twice as many as are hashed at a time, and of the pool's ten connections no more than these: refreshes go on in a flood.
const SIGN_INS = { concurrency: 4, maxWaiting: 60 }

/** All that the security service can do, each given what it needs. */
export const createUseCases = (deps: UseCaseDeps) => ({
  signUp: signUp(deps),
  signIn: inTurn(createWorkLimit(SIGN_INS), signIn(deps)),
  refreshAccessToken: refreshAccessToken(deps),
  signOut: signOut(deps),
  listSessions: listSessions(deps),
  endOwnSession: endOwnSession(deps),
  endOtherSessions: endOtherSessions(deps),
  resendVerificationEmail: resendVerificationEmail(deps),
  updateProfile: updateProfile(deps),
  changePassword: changePassword(deps),
  requestPasswordReset: requestPasswordReset(deps),
  resetPassword: resetPassword(deps),
  deleteAccount: deleteAccount(deps),
  signInWithOAuth: signInWithOAuth(deps),
  linkIdentity: linkIdentity(deps),
  unlinkIdentity: unlinkIdentity(deps),
  listIdentities: listIdentities(deps),
  listIdentityProviders: () => deps.identityProviders,
  verifyEmailWithToken: verifyEmailWithToken(deps),
  sendRequestedMail: sendRequestedMail(deps),
  findUser: findUser(deps),
  viewPrivate: viewPrivate(deps),
  listSigningKeys: listSigningKeys(deps),
  rotateSigningKey: rotateSigningKey(deps),
  listServicePrincipals: listServicePrincipals(deps),
  createServicePrincipal: createServicePrincipal(deps),
  rotateServiceSecret: rotateServiceSecret(deps),
  disableServicePrincipal: disableServicePrincipal(deps),
  activatePolicy: activatePolicy(deps),
  checkPermission: checkPermission(deps),
  draftPolicy: draftPolicy(deps),
  explain: explain(deps),
  listPolicies: listPolicies(deps),
  publishActivePolicy: publishActivePolicy(deps),
  rollbackPolicy: rollbackPolicy(deps),
  simulatePolicy: simulatePolicy(deps),
  viewPolicySources: viewPolicySources(deps),
  appendAuditEvent: appendAuditEvent(deps),
  listAuditEvents: listAuditEvents(deps),
  exportAuditEvents: exportAuditEvents(deps),
  verifyAuditLog: verifyAuditLog(deps),
  listUsers: listUsers(deps),
  listGroups: listGroups(deps),
  listRoles: listRoles(deps),
  listPermissions: listPermissions(deps),
  listMembers: listMembers(deps),
  listRolesOfGroup: listRolesOfGroup(deps),
  listGroupsOfRole: listGroupsOfRole(deps),
  findGroup: findGroup(deps),
  findRole: findRole(deps),
  createGroup: createGroup(deps),
  updateGroup: updateGroup(deps),
  deleteGroup: deleteGroup(deps),
  createRole: createRole(deps),
  updateRole: updateRole(deps),
  deleteRole: deleteRole(deps),
  assignGroupToUser: assignGroupToUser(deps),
  removeGroupFromUser: removeGroupFromUser(deps),
  assignRoleToGroup: assignRoleToGroup(deps),
  removeRoleFromGroup: removeRoleFromGroup(deps),
  assignPermissionToRole: assignPermissionToRole(deps),
  removePermissionFromRole: removePermissionFromRole(deps),
  enableUser: enableUser(deps),
  disableUser: disableUser(deps),
  updateUser: updateUser(deps),
  completeSignIn: completeSignIn(deps),
  stepUp: stepUp(deps),
  viewFactors: viewFactors(deps),
  enrolTotp: enrolTotp(deps),
  confirmTotp: confirmTotp(deps),
  removeTotp: removeTotp(deps),
  beginPasskeyRegistration: beginPasskeyRegistration(deps),
  registerPasskey: registerPasskey(deps),
  removePasskey: removePasskey(deps),
  beginPasskeySignIn: beginPasskeySignIn(deps),
  signInWithPasskey: signInWithPasskey(deps),
  beginPasskeyStepUp: beginPasskeyStepUp(deps),
  regenerateRecoveryCodes: regenerateRecoveryCodes(deps),
  ...createOAuthUseCases(deps),
})

export type UseCases = ReturnType<typeof createUseCases>
