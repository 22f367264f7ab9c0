// Generated from contracts/graphql/security.graphql by `npm run generate`. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ChainedRecord as AuditEventModel } from '../audit-chain.ts';
import type { AuditVerification as AuditLogVerificationModel } from '../use-cases/verify-audit-log.ts';
import type { Group as GroupModel, SeenMembership as MembershipModel } from '../groups.ts';
import type { Role as RoleModel, Permission as PermissionModel } from '../roles.ts';
import type { SeenUserList as UserConnectionModel, GroupList as GroupConnectionModel, RoleList as RoleConnectionModel, PermissionList as PermissionConnectionModel, MembershipList as MembershipConnectionModel } from '../lists.ts';
import type { Difference as PolicyDifferenceModel } from '../use-cases/simulate-policy.ts';
import type { PolicyVersion as PolicyVersionModel } from '../policy-version.ts';
import type { ServiceCredential as ServiceCredentialModel, ServicePrincipal as ServicePrincipalModel } from '../service-principal.ts';
import type { ServicePrincipalList as ServicePrincipalConnectionModel } from '../use-cases/list-service-principals.ts';
import type { OpenSession as SessionModel } from '../session.ts';
import type { SeenUser as UserModel } from '../user.ts';
import type { GraphqlContext } from '@neotool/kit/graphql';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, ISO 8601 in UTC, for example `2026-01-31T12:00:00.000Z`. */
  DateTime: { input: string; output: Date; }
  _FieldSet: { input: string; output: string; }
};

export type Query = {
  /** The account of the caller. Anonymous callers get UNAUTHENTICATED. Null only with an error. */
  readonly currentUser: Maybe<User>;
  /**
   * The caller's own open sessions, newest first: give `first` (with `after`) to go forward or `last` (with `before`) to go
   * back, 1 to 100 at a time; without either the first 20. Null only with an error.
   */
  readonly sessions: Maybe<SessionConnection>;
  /**
   * Machines that act with rights of their own, page by page: give `first` (with `after`) to go forward or `last` (with
   * `before`) to go back, 1 to 100 at a time; without either the first 20. `query` matches parts of the name, without regard
   * to case. Needs `security:service:view`.
   */
  readonly servicePrincipals: Maybe<ServicePrincipalConnection>;
  /** The versions of the policies that every service decides by, newest first. Needs `security:policy:view`. */
  readonly policies: Maybe<PolicyVersionConnection>;
  /** What policies are written from. Needs `security:policy:view`. */
  readonly policySources: Maybe<PolicySources>;
  /**
   * Decides again, by a version of the policies, what was decided in the last days, 1 to 90, and tells what would have been
   * otherwise. Needs `security:policy:view` and `security:audit:view`.
   */
  readonly simulatePolicy: Maybe<PolicySimulation>;
  /**
   * Why a user may do something, or what they would need: by the policies and the rights of this moment. Needs
   * `security:permission:check`.
   */
  readonly explain: Maybe<Explanation>;
  /** Whether the caller may do something. Anonymous callers get UNAUTHENTICATED. */
  readonly checkPermission: Maybe<PermissionCheck>;
  /**
   * What was done or refused, by whom, and what was decided, newest first. `GET /audit/events.jsonl` of the security service
   * streams the same, oldest first, as JSON Lines. Needs `security:audit:view`, as does verifyAuditLog.
   */
  readonly auditEvents: Maybe<AuditEventConnection>;
  /**
   * Proves that the audit log is whole: nothing was changed, removed, moved or cut off at its end. Keep the head of the answer
   * elsewhere and give it as `since` the next time: it is shown to be in the chain still, and only what follows is read.
   */
  readonly verifyAuditLog: Maybe<AuditLogVerification>;
  /**
   * Accounts, page by page, for whoever holds `security:user:view-private`. Give `first` (with `after`) to go forward or `last`
   * (with `before`) to go back, 1 to 100 at a time; without either the first 20. `query` matches parts of the name or the
   * e-mail, without regard to case.
   */
  readonly users: Maybe<UserConnection>;
  /** One account, or null where there is none with this id. */
  readonly user: Maybe<User>;
  /** Groups, page by page, as with `users`. `query` matches parts of the name or the description. */
  readonly groups: Maybe<GroupConnection>;
  /** One group, or null where there is none with this id. */
  readonly group: Maybe<Group>;
  /** Roles, page by page, as with `users`. `query` matches parts of the name or the description. */
  readonly roles: Maybe<RoleConnection>;
  /** One role, or null where there is none with this id. */
  readonly role: Maybe<Role>;
  /**
   * All that can be permitted, page by page, as with `users`. `query` matches parts of the name or the description. Each release
   * brings its own; none can be added.
   */
  readonly permissions: Maybe<PermissionConnection>;
  /** Where people may have an account to sign in with; nobody need be signed in to ask. */
  readonly identityProviders: Maybe<ReadonlyArray<IdentityProvider>>;
  /**
   * The keys that sign access tokens, those that are to come and some that are over: some twenty at most, newest first. Needs
   * `security:key:view`. Null only with an error.
   */
  readonly signingKeys: Maybe<ReadonlyArray<SigningKey>>;
};


export type QuerySessionsArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
};


export type QueryServicePrincipalsArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  query: InputMaybe<Scalars['String']['input']>;
  orderBy?: InputMaybe<ServicePrincipalOrder>;
};


export type QueryPoliciesArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  state: InputMaybe<PolicyState>;
};


export type QuerySimulatePolicyArgs = {
  number: Scalars['Int']['input'];
  days?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryExplainArgs = {
  userId: Scalars['ID']['input'];
  action: Scalars['String']['input'];
  resource: PolicyResourceInput;
};


export type QueryCheckPermissionArgs = {
  action: Scalars['String']['input'];
  resource: PolicyResourceInput;
};


export type QueryAuditEventsArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<AuditEventFilter>;
};


export type QueryVerifyAuditLogArgs = {
  since: InputMaybe<AuditLogHeadInput>;
};


export type QueryUsersArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  query: InputMaybe<Scalars['String']['input']>;
  orderBy?: InputMaybe<UserOrder>;
};


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryGroupsArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  query: InputMaybe<Scalars['String']['input']>;
  orderBy?: InputMaybe<GroupOrder>;
};


export type QueryGroupArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRolesArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  query: InputMaybe<Scalars['String']['input']>;
  orderBy?: InputMaybe<RoleOrder>;
};


export type QueryRoleArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPermissionsArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  query: InputMaybe<Scalars['String']['input']>;
  orderBy?: InputMaybe<PermissionOrder>;
};

export type Mutation = {
  /**
   * Keeps policies as a draft, which decides nothing yet. Policies that do not fit the schema give BAD_USER_INPUT with the
   * reason POLICIES_BROKEN and every fault in `extensions.fields`. Needs `security:policy:save`.
   */
  readonly draftPolicy: DraftPolicyPayload;
  /**
   * Has every service decide by a draft, a moment later. Refused with POLICY_LOCKS_OUT where nobody could activate another one
   * then. Needs `security:policy:activate` and a sign-in, or a step-up, of the last five minutes, as does rollbackPolicy.
   */
  readonly activatePolicy: ActivatePolicyPayload;
  /** Makes the policies of an earlier version active again, as a new version. */
  readonly rollbackPolicy: RollbackPolicyPayload;
  /**
   * Opens an account. The answer is the same whether or not the e-mail is already in use, and it holds no session:
   * sign in afterwards. A mail goes to the address either way: a link to verify it, or a note that somebody tried.
   */
  readonly signUp: SignUpPayload;
  /**
   * Starts a session, or asks for a second factor where one is on: then the answer holds a challenge for completeSignIn in
   * place of the session. A wrong e-mail and a wrong password give the same UNAUTHENTICATED error.
   */
  readonly signIn: SignInPayload;
  /**
   * Answers the challenge of a sign-in with a second factor and starts the session. A wrong answer is UNAUTHENTICATED with the
   * reason SECOND_FACTOR_WRONG; after five of them, five minutes, or a right one the reason is CHALLENGE_ENDED. After ten wrong
   * codes in a row codes of an app are not looked at for a while (TOO_MANY_REQUESTS); recovery codes and passkeys still are.
   */
  readonly completeSignIn: CompleteSignInPayload;
  /**
   * Confirms that it is still the caller, who may then change credentials for five minutes, with the new access token. Where a
   * second factor is on it has to be used, otherwise the password.
   */
  readonly stepUp: StepUpPayload;
  /**
   * Begins to set up codes of an authenticator app: nothing asks for one until confirmTotp. Whoever begins again gets another
   * secret. Needs a recent sign-in or stepUp, as everything does that changes factors: else UNAUTHENTICATED with the reason
   * STEP_UP_REQUIRED.
   */
  readonly enrolTotp: EnrolTotpPayload;
  /**
   * Turns the codes on, with the first of them. The other sessions of the account have to use the new factor before they may
   * change credentials.
   */
  readonly confirmTotp: ConfirmTotpPayload;
  /**
   * Turns the codes off. The last second factor stays while the password has fewer than 15 characters: CONFLICT with the
   * reason PASSWORD_TOO_SHORT_ALONE.
   */
  readonly removeTotp: RemoveTotpPayload;
  /**
   * Begins to make a passkey (WebAuthn) on the caller's device: what is answered goes into `navigator.credentials.create`, and
   * what that gives into registerPasskey.
   */
  readonly beginPasskeyRegistration: BeginPasskeyRegistrationPayload;
  /**
   * Adds the passkey. It is a second factor from now on; one that checks who holds it, by a finger or a PIN, also lets its owner
   * in alone. The other sessions of the account have to use a second factor before they may change credentials.
   */
  readonly registerPasskey: RegisterPasskeyPayload;
  /** Forgets a passkey. For the last second factor the same holds as in removeTotp. */
  readonly removePasskey: RemovePasskeyPayload;
  /** Begins a sign-in by a passkey alone: no e-mail is asked for, the device knows whose it is. */
  readonly beginPasskeySignIn: BeginPasskeySignInPayload;
  /**
   * Starts a session by a passkey alone, which has to have checked who holds it. UNAUTHENTICATED with the reason PASSKEY_WRONG
   * for one that is not known, is not for this site, or signed something else; a challenge is good once either way.
   */
  readonly signInWithPasskey: SignInWithPasskeyPayload;
  /** Begins a stepUp by one of the caller's passkeys. */
  readonly beginPasskeyStepUp: BeginPasskeyStepUpPayload;
  /** Makes ten new recovery codes; the former ones are void. CONFLICT where no second factor is on. */
  readonly regenerateRecoveryCodes: RegenerateRecoveryCodesPayload;
  /**
   * Exchanges a refresh token for its successor and a new access token. Parallel calls within ten seconds get the same
   * successor; a later second use ends the session.
   */
  readonly refreshAccessToken: RefreshAccessTokenPayload;
  /**
   * Starts a session with an id token of an OpenID Connect provider (Core 1.0), which is good once. Somebody new gets an
   * account. An account with the same e-mail is linked where both sides have verified it, and its owner is told by mail;
   * otherwise CONFLICT with the reason IDENTITY_NOT_LINKED or PROVIDER_EMAIL_UNVERIFIED. A token that is forged, foreign,
   * expired or used before gives UNAUTHENTICATED with the reason ID_TOKEN_INVALID.
   */
  readonly signInWithOAuth: SignInPayload;
  /** Links an account at a provider to the caller's, whatever its e-mail. Needs a fresh sign-in. */
  readonly linkIdentity: LinkIdentityPayload;
  /** Unlinks it; CONFLICT with the reason LAST_WAY_IN where one could not sign in any more. Needs a fresh sign-in. */
  readonly unlinkIdentity: UnlinkIdentityPayload;
  /** Ends the session that the refresh token belongs to. Repeating it is harmless. */
  readonly signOut: SignOutPayload;
  /** Ends one of the caller's sessions, on another device or this one. Of others, and unknown: NOT_FOUND. Repeating it is harmless. */
  readonly endSession: EndSessionPayload;
  /** Ends all of the caller's sessions but the one that asks for it. */
  readonly endOtherSessions: EndOtherSessionsPayload;
  /**
   * Verifies an e-mail with the token of the link that was sent to it. A token is good once, for eight hours, and until a
   * newer one is sent; otherwise BAD_USER_INPUT with the reason VERIFICATION_TOKEN_INVALID.
   */
  readonly verifyEmailWithToken: VerifyEmailWithTokenPayload;
  /**
   * Sends a new link to the caller's e-mail, which voids the one before it; not where the e-mail is verified, nor within a
   * minute of the last link. More than three in an hour give TOO_MANY_REQUESTS.
   */
  readonly resendVerificationEmail: ResendVerificationEmailPayload;
  /** Changes the caller's own account. A stale version gives CONFLICT. */
  readonly updateProfile: UpdateProfilePayload;
  /**
   * Replaces the caller's password, ends all their other sessions and tells them by mail. Needs a sign-in or a confirmation
   * of the last five minutes, otherwise UNAUTHENTICATED with the reason STEP_UP_REQUIRED.
   */
  readonly changePassword: ChangePasswordPayload;
  /**
   * Has a link sent to the e-mail by which a new password can be set. The answer is the same whether or not there is an
   * account with it.
   */
  readonly requestPasswordReset: RequestPasswordResetPayload;
  /**
   * Sets a new password with the token of the link, ends all sessions, and verifies the e-mail, because the link was sent to
   * it. A token is good once, for an hour, and until a newer one is sent; otherwise BAD_USER_INPUT with the reason
   * RESET_TOKEN_INVALID.
   */
  readonly resetPassword: ResetPasswordPayload;
  /**
   * Deletes the caller's account for good, with all that is theirs alone. What others work with stays, and its `createdBy` is
   * null from then on. Needs a sign-in or a confirmation of the last five minutes, as changePassword does; the last
   * administrator cannot leave (CONFLICT, LAST_ADMINISTRATOR).
   */
  readonly deleteAccount: DeleteAccountPayload;
  /**
   * Makes a service principal, a client of `/oauth/token`. Its permissions must be among the caller's own, otherwise
   * FORBIDDEN with the reason PERMISSION_NOT_HELD. Needs `security:service:save` and a recent proof of who the caller is.
   */
  readonly createServicePrincipal: CreateServicePrincipalPayload;
  /**
   * Gives a service principal a new secret, or another public key; what it had stays good for the overlap. Needs
   * `security:service:save`, a recent proof of who the caller is, and all permissions of the principal.
   */
  readonly rotateServiceSecret: RotateServiceSecretPayload;
  /**
   * Refuses a service principal for good: its secrets at once, its access tokens within a second. Repeating it is harmless.
   * Needs `security:service:save` and a recent proof of who the caller is.
   */
  readonly disableServicePrincipal: DisableServicePrincipalPayload;
  /** Adds a group, without members or roles. A name that is in use gives CONFLICT. */
  readonly createGroup: CreateGroupPayload;
  /**
   * Changes a group's name or description. A version that is no longer the current one gives CONFLICT, and the error's
   * `extensions.current` holds the group as it is now.
   */
  readonly updateGroup: UpdateGroupPayload;
  /** Removes a group; its members lose what it gave them. The base groups stay (FORBIDDEN, BASE_GROUP). */
  readonly deleteGroup: DeleteGroupPayload;
  /** Adds a role, without permissions. A name that is in use gives CONFLICT. */
  readonly createRole: CreateRolePayload;
  /** Changes a role's name or description. A stale version gives CONFLICT, as with updateGroup. */
  readonly updateRole: UpdateRolePayload;
  /** Removes a role; its groups lose what it gave them. The base roles stay (FORBIDDEN, BASE_ROLE). */
  readonly deleteRole: DeleteRolePayload;
  /**
   * Makes a user a member of a group, for good or until `endsAt`; of one who is a member already it changes the end. An end that
   * has passed gives BAD_USER_INPUT.
   */
  readonly assignGroupToUser: AssignGroupToUserPayload;
  /** Ends a user's membership in a group at once. Repeating it is harmless. */
  readonly removeGroupFromUser: RemoveGroupFromUserPayload;
  /** Gives the members of a group the permissions of a role. Repeating it is harmless. */
  readonly assignRoleToGroup: AssignRoleToGroupPayload;
  /** Takes a role from a group. Repeating it is harmless. Administrators stay Administrator (FORBIDDEN, BASE_ROLE). */
  readonly removeRoleFromGroup: RemoveRoleFromGroupPayload;
  /** Adds a permission to a role, and so to the members of its groups. Repeating it is harmless. */
  readonly assignPermissionToRole: AssignPermissionToRolePayload;
  /** Takes a permission from a role. Repeating it is harmless. Administrator keeps all of them (FORBIDDEN, BASE_ROLE). */
  readonly removePermissionFromRole: RemovePermissionFromRolePayload;
  /** Lets a user sign in again. Repeating it is harmless. */
  readonly enableUser: EnableUserPayload;
  /**
   * Ends all sessions of a user and refuses every sign-in, until enableUser. Repeating it is harmless. Nobody disables
   * themself (FORBIDDEN, OWN_ACCOUNT).
   */
  readonly disableUser: DisableUserPayload;
  /**
   * Changes the name or the language of another user. Their e-mail and password are theirs alone. A stale version gives
   * CONFLICT, as with updateGroup.
   */
  readonly updateUser: UpdateUserPayload;
  /**
   * Has the next key sign access tokens from now on, and makes a new next one, which takes seconds. The key before it goes on
   * verifying the tokens that it has signed. CONFLICT with the reason NEXT_KEY_TOO_NEW, and `retryAfterSeconds`, in the first
   * ten seconds after a rotation. Needs `security:key:rotate` and a sign-in or confirmation within five minutes.
   */
  readonly rotateSigningKey: RotateSigningKeyPayload;
};


export type MutationDraftPolicyArgs = {
  input: DraftPolicyInput;
};


export type MutationActivatePolicyArgs = {
  input: ActivatePolicyInput;
};


export type MutationRollbackPolicyArgs = {
  input: RollbackPolicyInput;
};


export type MutationSignUpArgs = {
  input: SignUpInput;
};


export type MutationSignInArgs = {
  input: SignInInput;
};


export type MutationCompleteSignInArgs = {
  input: CompleteSignInInput;
};


export type MutationStepUpArgs = {
  input: StepUpInput;
};


export type MutationConfirmTotpArgs = {
  input: ConfirmTotpInput;
};


export type MutationRegisterPasskeyArgs = {
  input: RegisterPasskeyInput;
};


export type MutationRemovePasskeyArgs = {
  input: RemovePasskeyInput;
};


export type MutationSignInWithPasskeyArgs = {
  input: SignInWithPasskeyInput;
};


export type MutationRefreshAccessTokenArgs = {
  input: RefreshAccessTokenInput;
};


export type MutationSignInWithOAuthArgs = {
  input: SignInWithOAuthInput;
};


export type MutationLinkIdentityArgs = {
  input: LinkIdentityInput;
};


export type MutationUnlinkIdentityArgs = {
  input: UnlinkIdentityInput;
};


export type MutationSignOutArgs = {
  input: SignOutInput;
};


export type MutationEndSessionArgs = {
  input: EndSessionInput;
};


export type MutationVerifyEmailWithTokenArgs = {
  input: VerifyEmailWithTokenInput;
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationRequestPasswordResetArgs = {
  input: RequestPasswordResetInput;
};


export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


export type MutationDeleteAccountArgs = {
  input: DeleteAccountInput;
};


export type MutationCreateServicePrincipalArgs = {
  input: CreateServicePrincipalInput;
};


export type MutationRotateServiceSecretArgs = {
  input: RotateServiceSecretInput;
};


export type MutationDisableServicePrincipalArgs = {
  input: DisableServicePrincipalInput;
};


export type MutationCreateGroupArgs = {
  input: CreateGroupInput;
};


export type MutationUpdateGroupArgs = {
  input: UpdateGroupInput;
};


export type MutationDeleteGroupArgs = {
  input: DeleteGroupInput;
};


export type MutationCreateRoleArgs = {
  input: CreateRoleInput;
};


export type MutationUpdateRoleArgs = {
  input: UpdateRoleInput;
};


export type MutationDeleteRoleArgs = {
  input: DeleteRoleInput;
};


export type MutationAssignGroupToUserArgs = {
  input: AssignGroupToUserInput;
};


export type MutationRemoveGroupFromUserArgs = {
  input: RemoveGroupFromUserInput;
};


export type MutationAssignRoleToGroupArgs = {
  input: AssignRoleToGroupInput;
};


export type MutationRemoveRoleFromGroupArgs = {
  input: RemoveRoleFromGroupInput;
};


export type MutationAssignPermissionToRoleArgs = {
  input: AssignPermissionToRoleInput;
};


export type MutationRemovePermissionFromRoleArgs = {
  input: RemovePermissionFromRoleInput;
};


export type MutationEnableUserArgs = {
  input: EnableUserInput;
};


export type MutationDisableUserArgs = {
  input: DisableUserInput;
};


export type MutationUpdateUserArgs = {
  input: UpdateUserInput;
};

/** A person with an account. */
export type User = {
  readonly id: Scalars['ID']['output'];
  readonly displayName: Scalars['String']['output'];
  /** Visible to the person, and to whoever holds `security:user:view-private`. */
  readonly email: Maybe<Scalars['String']['output']>;
  /** Whether the link that was sent to the e-mail has been followed. Visible as the e-mail is. */
  readonly emailVerified: Maybe<Scalars['Boolean']['output']>;
  /** The language of mails to this person. Visible as the e-mail is. */
  readonly locale: Maybe<Locale>;
  /** What this person may do, for example `app:product:save`. Visible as the e-mail is. */
  readonly permissions: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The accounts at providers that this person signs in with. Visible as the e-mail is. */
  readonly identities: Maybe<ReadonlyArray<FederatedIdentity>>;
  /** Counts up with every change of the account; send it back with updateProfile. */
  readonly version: Scalars['Int']['output'];
  /** The second factors. Visible to the person alone. */
  readonly factors: Maybe<Factors>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** The memberships in force, in the order of the groups' names. Visible as the e-mail is. */
  readonly memberships: Maybe<ReadonlyArray<Membership>>;
  /** Whether nobody can sign in to the account. Visible as the e-mail is. */
  readonly disabled: Maybe<Scalars['Boolean']['output']>;
};

export type SignUpInput = {
  /** Compared without regard to case. */
  readonly email: Scalars['String']['input'];
  /** 15 to 128 characters, no rule about which; not one of the passwords that everybody tries first, nor one's e-mail or name. */
  readonly password: Scalars['String']['input'];
  /** 1 to 100 characters. */
  readonly displayName: Scalars['String']['input'];
  /** The language of mails to this person. */
  readonly locale?: InputMaybe<Locale>;
};

export type Locale =
  | 'EN'
  | 'PT';

export type SignUpPayload = {
  /** The e-mail as it was understood, whether or not an account was made. */
  readonly email: Scalars['String']['output'];
};

export type SignInInput = {
  readonly email: Scalars['String']['input'];
  readonly password: Scalars['String']['input'];
  /** Stay signed in for 30 days on this device, however seldom it is used; otherwise the session ends after a day without use. */
  readonly rememberMe?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Either session and user, or a challenge. */
export type SignInPayload = {
  readonly session: Maybe<SessionTokens>;
  readonly user: Maybe<User>;
  /** Present where the account has a second factor on: see completeSignIn. */
  readonly challenge: Maybe<SignInChallenge>;
};

/** What is left to prove after the password. */
export type SignInChallenge = {
  /** For completeSignIn. Good once, and for nobody else. */
  readonly token: Scalars['String']['output'];
  /** With which of these it can be answered. */
  readonly methods: ReadonlyArray<SecondFactor>;
  /** For `navigator.credentials.get`, as JSON; null where there is no passkey. */
  readonly passkeyOptions: Maybe<Scalars['String']['output']>;
  readonly expiresAt: Scalars['DateTime']['output'];
};

export type SecondFactor =
  /** A code of an authenticator app. */
  | 'TOTP'
  /** One of the codes to keep for when nothing else is at hand. */
  | 'RECOVERY_CODE'
  /** A key that a device or a password manager holds for this site. */
  | 'PASSKEY';

/** Exactly one of the answers. */
export type CompleteSignInInput = {
  /** The token of the challenge. */
  readonly challenge: Scalars['String']['input'];
  /** Six digits. */
  readonly totpCode?: InputMaybe<Scalars['String']['input']>;
  readonly recoveryCode?: InputMaybe<Scalars['String']['input']>;
  /** What `navigator.credentials.get` gave for passkeyOptions, as JSON by its `toJSON()`. */
  readonly passkey?: InputMaybe<Scalars['String']['input']>;
};

export type CompleteSignInPayload = {
  readonly session: SessionTokens;
  readonly user: User;
};

export type IdentityProvider = {
  /** For signInWithOAuth. */
  readonly id: Scalars['ID']['output'];
  /** How people know it. */
  readonly name: Scalars['String']['output'];
  /** Its address, at which OpenID Connect Discovery begins. */
  readonly issuer: Scalars['String']['output'];
};

export type FederatedIdentity = {
  readonly provider: IdentityProvider;
  readonly linkedAt: Scalars['DateTime']['output'];
};

export type SignInWithOAuthInput = {
  /** One of identityProviders. */
  readonly providerId: Scalars['ID']['input'];
  /** As the provider gave it, for one of the client ids that are configured here. */
  readonly idToken: Scalars['String']['input'];
  /** The random text that the token was asked for with; whoever asks makes it, anew each time. */
  readonly nonce: Scalars['String']['input'];
  /** Whether the session lasts 30 days without use, else one day. */
  readonly rememberMe?: InputMaybe<Scalars['Boolean']['input']>;
};

export type LinkIdentityInput = {
  readonly providerId: Scalars['ID']['input'];
  readonly idToken: Scalars['String']['input'];
  readonly nonce: Scalars['String']['input'];
};

export type LinkIdentityPayload = {
  readonly user: User;
};

export type UnlinkIdentityInput = {
  readonly providerId: Scalars['ID']['input'];
};

export type UnlinkIdentityPayload = {
  readonly user: User;
};

/** Exactly one of the proofs. */
export type StepUpInput = {
  /** Where no second factor is on. */
  readonly password?: InputMaybe<Scalars['String']['input']>;
  /** Six digits. */
  readonly totpCode?: InputMaybe<Scalars['String']['input']>;
  readonly passkey?: InputMaybe<PasskeyAnswerInput>;
};

export type PasskeyAnswerInput = {
  /** The token of the challenge. */
  readonly challenge: Scalars['String']['input'];
  /** What `navigator.credentials.get` gave, as JSON by its `toJSON()`. */
  readonly response: Scalars['String']['input'];
};

/** What a passkey has to sign. Good once, for five minutes. */
export type PasskeyChallenge = {
  /** To be sent back with the answer. */
  readonly token: Scalars['String']['output'];
  /** For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`, as JSON. */
  readonly options: Scalars['String']['output'];
  readonly expiresAt: Scalars['DateTime']['output'];
};

export type BeginPasskeyRegistrationPayload = {
  readonly challenge: PasskeyChallenge;
};

export type RegisterPasskeyInput = {
  /** The token of the challenge. */
  readonly challenge: Scalars['String']['input'];
  /** What `navigator.credentials.create` gave, as JSON by its `toJSON()`. */
  readonly response: Scalars['String']['input'];
  /** What its owner calls it; 1 to 100 characters. */
  readonly name: Scalars['String']['input'];
};

export type RegisterPasskeyPayload = {
  readonly factors: Factors;
  /** Ten codes, shown this once; null where the account has recovery codes already. */
  readonly recoveryCodes: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

export type RemovePasskeyInput = {
  readonly id: Scalars['ID']['input'];
};

export type RemovePasskeyPayload = {
  readonly factors: Factors;
};

export type BeginPasskeySignInPayload = {
  readonly challenge: PasskeyChallenge;
};

export type SignInWithPasskeyInput = {
  /** The token of the challenge. */
  readonly challenge: Scalars['String']['input'];
  /** What `navigator.credentials.get` gave, as JSON by its `toJSON()`. */
  readonly response: Scalars['String']['input'];
  /** Whether the session lasts 30 days without use, else one day. */
  readonly rememberMe?: InputMaybe<Scalars['Boolean']['input']>;
};

export type SignInWithPasskeyPayload = {
  readonly session: SessionTokens;
  readonly user: User;
};

export type BeginPasskeyStepUpPayload = {
  readonly challenge: PasskeyChallenge;
};

export type StepUpPayload = {
  /** In place of the one before. The refresh token stays as it is. */
  readonly accessToken: Scalars['String']['output'];
  readonly accessTokenExpiresAt: Scalars['DateTime']['output'];
};

export type EnrolTotpPayload = {
  /** In base32, to be typed. Shown this once. */
  readonly secret: Scalars['String']['output'];
  /** The same as `otpauth://totp/…`, to be shown as a QR code. */
  readonly otpauthUri: Scalars['String']['output'];
};

export type ConfirmTotpInput = {
  /** The six digits that the app shows. */
  readonly code: Scalars['String']['input'];
};

export type ConfirmTotpPayload = {
  readonly factors: Factors;
  /** Ten codes, shown this once; null where the account has recovery codes already. */
  readonly recoveryCodes: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

export type RemoveTotpPayload = {
  readonly factors: Factors;
};

export type RegenerateRecoveryCodesPayload = {
  readonly factors: Factors;
  /** Ten codes, shown this once. */
  readonly recoveryCodes: ReadonlyArray<Scalars['String']['output']>;
};

/** The second factors of an account. */
export type Factors = {
  /** Since when codes of an authenticator app are asked for; null where they are not. */
  readonly totpSince: Maybe<Scalars['DateTime']['output']>;
  readonly recoveryCodesLeft: Scalars['Int']['output'];
  /** At most 20, the oldest first. */
  readonly passkeys: ReadonlyArray<Passkey>;
};

/** A key that a device or a password manager holds for this site. */
export type Passkey = {
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly createdAt: Scalars['DateTime']['output'];
  /** Null where it was never used. */
  readonly lastUsedAt: Maybe<Scalars['DateTime']['output']>;
};

export type RefreshAccessTokenInput = {
  readonly refreshToken: Scalars['String']['input'];
};

export type RefreshAccessTokenPayload = {
  readonly session: SessionTokens;
};

export type SignOutInput = {
  readonly refreshToken: Scalars['String']['input'];
};

export type SignOutPayload = {
  /** Always true: the session is over, whether it was open before or not. */
  readonly signedOut: Scalars['Boolean']['output'];
};

export type EndSessionInput = {
  readonly id: Scalars['ID']['input'];
};

export type EndSessionPayload = {
  readonly endedSessionId: Scalars['ID']['output'];
};

export type EndOtherSessionsPayload = {
  /** How many there were. */
  readonly ended: Scalars['Int']['output'];
};

export type SessionConnection = {
  readonly edges: ReadonlyArray<SessionEdge>;
  readonly pageInfo: PageInfo;
};

export type SessionEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Session;
};

/** One sign-in on one device, which lasts until it is ended or was left alone for too long. */
export type Session = {
  readonly id: Scalars['ID']['output'];
  readonly createdAt: Scalars['DateTime']['output'];
  /** When its tokens were last refreshed: about as often as every quarter of an hour while it is used. */
  readonly lastUsedAt: Scalars['DateTime']['output'];
  /** What the device said of itself at its last use, for example `Firefox on Linux`. Only a hint: clients write there what they like. */
  readonly device: Maybe<Scalars['String']['output']>;
  /** The IP address of its last use. */
  readonly address: Maybe<Scalars['String']['output']>;
  /** Whether it is the session that asks. */
  readonly isCurrent: Scalars['Boolean']['output'];
  readonly authenticationLevel: AuthenticationLevel;
};

/** With how many factors somebody has proved who they are. */
export type AuthenticationLevel =
  | 'SINGLE_FACTOR'
  | 'MULTI_FACTOR';

export type VerifyEmailWithTokenInput = {
  readonly token: Scalars['String']['input'];
};

export type VerifyEmailWithTokenPayload = {
  /** Always true: what does not verify is an error. */
  readonly verified: Scalars['Boolean']['output'];
};

export type ResendVerificationEmailPayload = {
  /** Always true: a mail is on its way, or there is no need of one. */
  readonly requested: Scalars['Boolean']['output'];
};

export type UpdateProfileInput = {
  /** The version that the change is based on. */
  readonly version: Scalars['Int']['input'];
  /** 1 to 100 characters. */
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  /** The language of mails to this person. */
  readonly locale?: InputMaybe<Locale>;
};

export type UpdateProfilePayload = {
  readonly user: User;
};

export type ChangePasswordInput = {
  /** The present password. A wrong one gives BAD_USER_INPUT with the reason PASSWORD_WRONG. */
  readonly currentPassword: Scalars['String']['input'];
  /** As with signUp. */
  readonly newPassword: Scalars['String']['input'];
};

export type ChangePasswordPayload = {
  /** Always true: what does not change it is an error. */
  readonly changed: Scalars['Boolean']['output'];
};

export type RequestPasswordResetInput = {
  readonly email: Scalars['String']['input'];
};

export type RequestPasswordResetPayload = {
  /** Always true, whether or not there is an account. */
  readonly requested: Scalars['Boolean']['output'];
};

export type ResetPasswordInput = {
  readonly token: Scalars['String']['input'];
  /** As with signUp. */
  readonly newPassword: Scalars['String']['input'];
};

export type ResetPasswordPayload = {
  /** Always true: sign in with the new password. */
  readonly reset: Scalars['Boolean']['output'];
};

export type DeleteAccountInput = {
  /** The e-mail of the account, so that nobody deletes one by mistake. */
  readonly email: Scalars['String']['input'];
};

export type DeleteAccountPayload = {
  readonly deletedUserId: Scalars['ID']['output'];
};

/** What a client keeps of its session. Never store it where scripts of a page can read it. */
export type SessionTokens = {
  /** A signed JWT; send it as `Authorization: Bearer …`. */
  readonly accessToken: Scalars['String']['output'];
  readonly accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** Opaque, for refreshAccessToken; each use replaces it. */
  readonly refreshToken: Scalars['String']['output'];
  /** The session ends then unless it is refreshed before. */
  readonly refreshTokenExpiresAt: Scalars['DateTime']['output'];
};

/** A machine that acts with rights of its own, or for a user. Its id is the `client_id` of `/oauth/token`. */
export type ServicePrincipal = {
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  /** What it may do; a token may be asked for with less. */
  readonly permissions: ReadonlyArray<Scalars['String']['output']>;
  /** For whom its access tokens may be; the first is meant where a request names none. */
  readonly audiences: ReadonlyArray<Scalars['String']['output']>;
  /** What it proves itself by, newest first; what has expired is left out. */
  readonly credentials: ReadonlyArray<ServiceCredential>;
  /** Null where the account is gone. */
  readonly createdBy: Maybe<User>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** Null while it is in use. */
  readonly disabledAt: Maybe<Scalars['DateTime']['output']>;
};

/** A secret, or a key pair of which the public half is known. */
export type ServiceCredential = {
  readonly id: Scalars['ID']['output'];
  /** The `kid` of the public key; null for a secret. */
  readonly keyId: Maybe<Scalars['String']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it stops being good because a rotation replaced it; null otherwise. */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
};

export type ServicePrincipalConnection = {
  readonly edges: ReadonlyArray<ServicePrincipalEdge>;
  readonly pageInfo: PageInfo;
  /** How many match in all. */
  readonly totalCount: Scalars['Int']['output'];
};

export type ServicePrincipalEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: ServicePrincipal;
};

export type ServicePrincipalOrder = {
  readonly field: ServicePrincipalOrderField;
  readonly direction?: InputMaybe<OrderDirection>;
};

export type ServicePrincipalOrderField =
  | 'NAME'
  | 'CREATED_AT';

export type OrderDirection =
  | 'ASC'
  | 'DESC';

export type PolicyVersionConnection = {
  readonly edges: ReadonlyArray<PolicyVersionEdge>;
  readonly pageInfo: PageInfo;
};

export type PolicyVersionEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: PolicyVersion;
};

/** One version of all the policies, in the Cedar language. https://docs.cedarpolicy.com */
export type PolicyVersion = {
  readonly number: Scalars['Int']['output'];
  readonly text: Scalars['String']['output'];
  /** Why it was written. */
  readonly comment: Scalars['String']['output'];
  /** Null where the account is gone. */
  readonly author: Maybe<User>;
  readonly state: PolicyState;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly activatedAt: Maybe<Scalars['DateTime']['output']>;
  readonly activatedBy: Maybe<User>;
  readonly supersededAt: Maybe<Scalars['DateTime']['output']>;
  /** The version that this one made active again; 0 are the policies that the release is built with. */
  readonly restores: Maybe<Scalars['Int']['output']>;
};

export type PolicyState =
  /** It decides nothing yet. */
  | 'DRAFT'
  /** It decides. Where no version does, the policies that the release is built with do. */
  | 'ACTIVE'
  /** It decided before. */
  | 'SUPERSEDED';

export type PolicySources = {
  /** The Cedar schema: which principals, actions and resources there are. */
  readonly schema: Scalars['String']['output'];
  /** The policies that the release is built with: version 0. */
  readonly policies: Scalars['String']['output'];
};

export type DraftPolicyInput = {
  /** All the policies, each with an `@id` of its own; 200,000 characters at most. */
  readonly text: Scalars['String']['input'];
  /** 1 to 500 characters. */
  readonly comment: Scalars['String']['input'];
};

export type DraftPolicyPayload = {
  readonly policy: PolicyVersion;
};

export type ActivatePolicyInput = {
  readonly number: Scalars['Int']['input'];
};

export type ActivatePolicyPayload = {
  readonly policy: PolicyVersion;
};

export type RollbackPolicyInput = {
  /** A version that was active before, or 0. */
  readonly number: Scalars['Int']['input'];
  /** 1 to 500 characters. */
  readonly comment: Scalars['String']['input'];
};

export type RollbackPolicyPayload = {
  readonly policy: PolicyVersion;
};

/** Past decisions, decided again. */
export type PolicySimulation = {
  readonly decisionCount: Scalars['Int']['output'];
  readonly newlyAllowedCount: Scalars['Int']['output'];
  readonly newlyDeniedCount: Scalars['Int']['output'];
  /** False where there were more decisions than are replayed at once, 100,000. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** The first 50 that would have been decided otherwise. */
  readonly differences: ReadonlyArray<PolicyDifference>;
};

export type PolicyDifference = {
  readonly event: AuditEvent;
  readonly isAllowed: Scalars['Boolean']['output'];
  /** Which policies of the version decide it. */
  readonly policyIds: ReadonlyArray<Scalars['String']['output']>;
};

export type PolicyResourceInput = {
  /** As the schema names it: `Product`. */
  readonly type: Scalars['String']['input'];
  /** Without it the collection as a whole. */
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** A JSON object, as the resource of an AuditEvent has it. */
  readonly attributes?: InputMaybe<Scalars['String']['input']>;
};

export type Explanation = {
  readonly isAllowed: Scalars['Boolean']['output'];
  /** The policies that permit or forbid it; none where nothing permits it. */
  readonly policies: ReadonlyArray<DecidingPolicy>;
  /** Each of these permissions would be enough. None where it is allowed, or where no permission helps. */
  readonly missing: ReadonlyArray<MissingPermission>;
};

export type DecidingPolicy = {
  /** Its `@id`. */
  readonly id: Scalars['ID']['output'];
  readonly text: Maybe<Scalars['String']['output']>;
};

export type MissingPermission = {
  readonly permission: Scalars['String']['output'];
  /** What would give it. */
  readonly grants: ReadonlyArray<PermissionGrant>;
};

/** A role that gives the permission, and a group that has the role; null where no group has it. */
export type PermissionGrant = {
  readonly roleId: Scalars['ID']['output'];
  readonly roleName: Scalars['String']['output'];
  readonly groupId: Maybe<Scalars['ID']['output']>;
  readonly groupName: Maybe<Scalars['String']['output']>;
};

export type PermissionCheck = {
  readonly isAllowed: Scalars['Boolean']['output'];
};

/** Which events of the audit log; all where nothing is said. */
export type AuditEventFilter = {
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** The beginning of the action's name: `security:session:`. */
  readonly actionPrefix?: InputMaybe<Scalars['String']['input']>;
  readonly outcome?: InputMaybe<AuditOutcome>;
  /** As the policies name it: `Product`. */
  readonly resourceType?: InputMaybe<Scalars['String']['input']>;
  readonly resourceId?: InputMaybe<Scalars['ID']['input']>;
  /** At this time or later. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before this time. */
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type AuditOutcome =
  /** It was permitted and done. */
  | 'ALLOWED'
  /** The policies do not permit it. */
  | 'DENIED'
  /** It was not a matter of permission: `reason` says why. */
  | 'FAILED';

export type AuditActorKind =
  | 'ANONYMOUS'
  | 'USER'
  | 'SERVICE';

export type AuditEventConnection = {
  readonly edges: ReadonlyArray<AuditEventEdge>;
  readonly pageInfo: PageInfo;
};

export type AuditEventEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: AuditEvent;
};

/** Something that was done or refused. It holds ids, never names, e-mails or addresses, so it stays when an account is erased. */
export type AuditEvent = {
  readonly id: Scalars['ID']['output'];
  /** Its place in the log, a whole number that has no upper bound. */
  readonly sequence: Scalars['String']['output'];
  /** The service that decided: `app`. */
  readonly service: Scalars['String']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly actor: AuditActor;
  /** Named like the permission that it needs: `app:product:save`. */
  readonly action: Scalars['String']['output'];
  readonly resource: AuditResource;
  readonly outcome: AuditOutcome;
  /** Which policies decided; none where nothing permitted it, or no policy was asked. */
  readonly policyIds: ReadonlyArray<Scalars['String']['output']>;
  /** Why it failed, a stable code: `CREDENTIALS_WRONG`. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** The trace of the request, as its errors and log lines have it. */
  readonly traceId: Maybe<Scalars['String']['output']>;
  /** SHA-256, in hexadecimal digits, of this event and the hash of the one before it. */
  readonly hash: Scalars['String']['output'];
};

/** Who acted. A user and a service have an id. */
export type AuditActor = {
  readonly kind: AuditActorKind;
  readonly id: Maybe<Scalars['ID']['output']>;
  /** The service that acted for the user. */
  readonly actingServiceId: Maybe<Scalars['ID']['output']>;
  /** What the actor held at that moment. */
  readonly permissions: ReadonlyArray<Scalars['String']['output']>;
};

/** What was acted on; without an id the collection as a whole. */
export type AuditResource = {
  readonly type: Scalars['String']['output'];
  readonly id: Maybe<Scalars['ID']['output']>;
  /** What the policies were told of it, as JSON. */
  readonly attributes: Maybe<Scalars['String']['output']>;
};

/** A place in the audit log, as verifyAuditLog answered it. */
export type AuditLogHeadInput = {
  readonly sequence: Scalars['String']['input'];
  readonly hash: Scalars['String']['input'];
};

export type AuditLogVerification = {
  readonly isIntact: Scalars['Boolean']['output'];
  /** The first place where the log is broken. Null where it is whole. */
  readonly firstBroken: Maybe<AuditLogBreak>;
  /** How many events were found whole. */
  readonly checkedCount: Scalars['String']['output'];
  readonly head: AuditLogHead;
};

/** Where the log ends. */
export type AuditLogHead = {
  readonly sequence: Scalars['String']['output'];
  readonly hash: Scalars['String']['output'];
};

export type AuditLogBreak = {
  readonly sequence: Scalars['String']['output'];
  readonly fault: AuditLogFault;
};

export type AuditLogFault =
  /** The event is not what was written. */
  | 'CHANGED'
  /** The event is not there. */
  | 'MISSING'
  /** The event does not follow the one before it. */
  | 'UNLINKED'
  /** The end of the log is not where the service ended it, or was rewritten. */
  | 'UNSEALED';

/** https://relay.dev/graphql/connections.htm */
export type PageInfo = {
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor: Maybe<Scalars['String']['output']>;
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

export type CreateServicePrincipalInput = {
  /** 1 to 100 characters; unique, without regard to case. */
  readonly name: Scalars['String']['input'];
  /** For example `app:product:view`; each must be held by the caller. */
  readonly permissions: ReadonlyArray<Scalars['String']['input']>;
  /** For whom its access tokens may be; without it for the services of this platform. */
  readonly audiences?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /**
   * A public JSON Web Key as JSON, RSA of 2048 to 4096 bits or EC P-256: the principal then signs assertions
   * (`private_key_jwt`). Without it a secret is made.
   */
  readonly publicKey?: InputMaybe<Scalars['String']['input']>;
};

export type CreateServicePrincipalPayload = {
  readonly servicePrincipal: ServicePrincipal;
  /** Shown here and never again; null where a public key was given. */
  readonly clientSecret: Maybe<Scalars['String']['output']>;
};

export type RotateServiceSecretInput = {
  readonly id: Scalars['ID']['input'];
  /** As in CreateServicePrincipalInput; without it a secret is made. */
  readonly publicKey?: InputMaybe<Scalars['String']['input']>;
  /** How long what it had stays good, 0 to 168. */
  readonly overlapHours?: InputMaybe<Scalars['Int']['input']>;
};

export type RotateServiceSecretPayload = {
  readonly servicePrincipal: ServicePrincipal;
  /** Shown here and never again; null where a public key was given. */
  readonly clientSecret: Maybe<Scalars['String']['output']>;
};

export type DisableServicePrincipalInput = {
  readonly id: Scalars['ID']['input'];
};

export type DisableServicePrincipalPayload = {
  readonly servicePrincipal: ServicePrincipal;
};

/** Somebody's being in a group. */
export type Membership = {
  readonly user: User;
  readonly group: Group;
  readonly joinedAt: Scalars['DateTime']['output'];
  /** From then on it gives no rights; null where it has no end. */
  readonly endsAt: Maybe<Scalars['DateTime']['output']>;
};

/** People who have the same roles. */
export type Group = {
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly description: Scalars['String']['output'];
  /** Whether it belongs to every installation, and so cannot be removed. */
  readonly builtIn: Scalars['Boolean']['output'];
  /** Counts up with every change of name or description; send it back with updateGroup and deleteGroup. */
  readonly version: Scalars['Int']['output'];
  readonly createdAt: Scalars['DateTime']['output'];
  /**
   * Who is in it at this moment, in the order of their names, page by page, as with `users`. For whoever holds
   * `security:user:view-private`.
   */
  readonly members: Maybe<MembershipConnection>;
  /** For whoever holds `security:role:view`; in the order of their names. */
  readonly roles: Maybe<ReadonlyArray<Role>>;
};


/** People who have the same roles. */
export type GroupMembersArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  query: InputMaybe<Scalars['String']['input']>;
};

/** Permissions that belong together. */
export type Role = {
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly description: Scalars['String']['output'];
  /** Whether it belongs to every installation, and so cannot be removed. */
  readonly builtIn: Scalars['Boolean']['output'];
  /** Counts up with every change of name or description; send it back with updateRole and deleteRole. */
  readonly version: Scalars['Int']['output'];
  readonly createdAt: Scalars['DateTime']['output'];
  /** In the order of their names. */
  readonly permissions: ReadonlyArray<Permission>;
  /** The groups that have it, in the order of their names. For whoever holds `security:group:view`. */
  readonly groups: Maybe<ReadonlyArray<Group>>;
};

/** Something that can be allowed. */
export type Permission = {
  /** `service:resource:verb`, for example `app:product:save`. */
  readonly name: Scalars['String']['output'];
  readonly description: Scalars['String']['output'];
};

export type UserConnection = {
  readonly edges: ReadonlyArray<UserEdge>;
  readonly pageInfo: PageInfo;
  /** How many match in all. */
  readonly totalCount: Scalars['Int']['output'];
};

export type UserEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: User;
};

export type UserOrder = {
  readonly field: UserOrderField;
  readonly direction?: InputMaybe<OrderDirection>;
};

export type UserOrderField =
  | 'NAME'
  | 'EMAIL'
  | 'CREATED_AT';

export type MembershipConnection = {
  readonly edges: ReadonlyArray<MembershipEdge>;
  readonly pageInfo: PageInfo;
  /** How many match in all. */
  readonly totalCount: Scalars['Int']['output'];
};

export type MembershipEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Membership;
};

export type GroupConnection = {
  readonly edges: ReadonlyArray<GroupEdge>;
  readonly pageInfo: PageInfo;
  /** How many match in all. */
  readonly totalCount: Scalars['Int']['output'];
};

export type GroupEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Group;
};

export type GroupOrder = {
  readonly field: GroupOrderField;
  readonly direction?: InputMaybe<OrderDirection>;
};

export type GroupOrderField =
  | 'NAME'
  | 'CREATED_AT';

export type RoleConnection = {
  readonly edges: ReadonlyArray<RoleEdge>;
  readonly pageInfo: PageInfo;
  /** How many match in all. */
  readonly totalCount: Scalars['Int']['output'];
};

export type RoleEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Role;
};

export type RoleOrder = {
  readonly field: RoleOrderField;
  readonly direction?: InputMaybe<OrderDirection>;
};

export type RoleOrderField =
  | 'NAME'
  | 'CREATED_AT';

export type PermissionConnection = {
  readonly edges: ReadonlyArray<PermissionEdge>;
  readonly pageInfo: PageInfo;
  /** How many match in all. */
  readonly totalCount: Scalars['Int']['output'];
};

export type PermissionEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Permission;
};

export type PermissionOrder = {
  readonly field: PermissionOrderField;
  readonly direction?: InputMaybe<OrderDirection>;
};

export type PermissionOrderField =
  | 'NAME';

export type CreateGroupInput = {
  /** 1 to 100 characters. */
  readonly name: Scalars['String']['input'];
  /** At most 300 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
};

export type CreateGroupPayload = {
  readonly group: Group;
};

/** What is left out stays as it is. */
export type UpdateGroupInput = {
  readonly id: Scalars['ID']['input'];
  /** The version that the change is based on. */
  readonly version: Scalars['Int']['input'];
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateGroupPayload = {
  readonly group: Group;
};

export type DeleteGroupInput = {
  readonly id: Scalars['ID']['input'];
  readonly version: Scalars['Int']['input'];
};

export type DeleteGroupPayload = {
  readonly deletedGroupId: Scalars['ID']['output'];
};

export type CreateRoleInput = {
  /** 1 to 100 characters. */
  readonly name: Scalars['String']['input'];
  /** At most 300 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
};

export type CreateRolePayload = {
  readonly role: Role;
};

/** What is left out stays as it is. */
export type UpdateRoleInput = {
  readonly id: Scalars['ID']['input'];
  /** The version that the change is based on. */
  readonly version: Scalars['Int']['input'];
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateRolePayload = {
  readonly role: Role;
};

export type DeleteRoleInput = {
  readonly id: Scalars['ID']['input'];
  readonly version: Scalars['Int']['input'];
};

export type DeleteRolePayload = {
  readonly deletedRoleId: Scalars['ID']['output'];
};

export type AssignGroupToUserInput = {
  readonly groupId: Scalars['ID']['input'];
  readonly userId: Scalars['ID']['input'];
  /** When the membership ends by itself; left out or null, it has no end. */
  readonly endsAt?: InputMaybe<Scalars['DateTime']['input']>;
};

export type AssignGroupToUserPayload = {
  readonly membership: Membership;
};

export type RemoveGroupFromUserInput = {
  readonly groupId: Scalars['ID']['input'];
  readonly userId: Scalars['ID']['input'];
};

export type RemoveGroupFromUserPayload = {
  readonly user: User;
};

export type AssignRoleToGroupInput = {
  readonly roleId: Scalars['ID']['input'];
  readonly groupId: Scalars['ID']['input'];
};

export type AssignRoleToGroupPayload = {
  readonly group: Group;
};

export type RemoveRoleFromGroupInput = {
  readonly roleId: Scalars['ID']['input'];
  readonly groupId: Scalars['ID']['input'];
};

export type RemoveRoleFromGroupPayload = {
  readonly group: Group;
};

export type AssignPermissionToRoleInput = {
  readonly roleId: Scalars['ID']['input'];
  /** The name of the permission. */
  readonly permission: Scalars['String']['input'];
};

export type AssignPermissionToRolePayload = {
  readonly role: Role;
};

export type RemovePermissionFromRoleInput = {
  readonly roleId: Scalars['ID']['input'];
  /** The name of the permission. */
  readonly permission: Scalars['String']['input'];
};

export type RemovePermissionFromRolePayload = {
  readonly role: Role;
};

export type EnableUserInput = {
  readonly id: Scalars['ID']['input'];
};

export type EnableUserPayload = {
  readonly user: User;
};

export type DisableUserInput = {
  readonly id: Scalars['ID']['input'];
};

export type DisableUserPayload = {
  readonly user: User;
};

/** What is left out stays as it is. */
export type UpdateUserInput = {
  readonly id: Scalars['ID']['input'];
  /** The version that the change is based on. */
  readonly version: Scalars['Int']['input'];
  /** 1 to 100 characters. */
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  readonly locale?: InputMaybe<Locale>;
};

export type UpdateUserPayload = {
  readonly user: User;
};

/** A key that signs access tokens. Its public half is in `/.well-known/jwks.json` until it is retired. */
export type SigningKey = {
  /** The `kid` in the tokens that it signs: its thumbprint by RFC 7638. */
  readonly id: Scalars['ID']['output'];
  readonly state: SigningKeyState;
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it came to its state. */
  readonly since: Scalars['DateTime']['output'];
};

export type SigningKeyState =
  /** Published, so that verifiers can know it, and not signing yet. */
  | 'NEXT'
  /** The one that signs. */
  | 'CURRENT'
  /** Signs no more; tokens that it has signed may still be valid. */
  | 'PREVIOUS'
  /** Over: tokens that it has signed are refused. */
  | 'RETIRED';

export type RotateSigningKeyPayload = {
  /** All keys as they are now, newest first. */
  readonly signingKeys: ReadonlyArray<SigningKey>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  User: ResolverTypeWrapper<UserModel>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  SignUpInput: SignUpInput;
  Locale: Locale;
  SignUpPayload: ResolverTypeWrapper<SignUpPayload>;
  SignInInput: SignInInput;
  SignInPayload: ResolverTypeWrapper<Omit<SignInPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  SignInChallenge: ResolverTypeWrapper<SignInChallenge>;
  SecondFactor: SecondFactor;
  CompleteSignInInput: CompleteSignInInput;
  CompleteSignInPayload: ResolverTypeWrapper<Omit<CompleteSignInPayload, 'user'> & { user: ResolversTypes['User'] }>;
  IdentityProvider: ResolverTypeWrapper<IdentityProvider>;
  FederatedIdentity: ResolverTypeWrapper<FederatedIdentity>;
  SignInWithOAuthInput: SignInWithOAuthInput;
  LinkIdentityInput: LinkIdentityInput;
  LinkIdentityPayload: ResolverTypeWrapper<Omit<LinkIdentityPayload, 'user'> & { user: ResolversTypes['User'] }>;
  UnlinkIdentityInput: UnlinkIdentityInput;
  UnlinkIdentityPayload: ResolverTypeWrapper<Omit<UnlinkIdentityPayload, 'user'> & { user: ResolversTypes['User'] }>;
  StepUpInput: StepUpInput;
  PasskeyAnswerInput: PasskeyAnswerInput;
  PasskeyChallenge: ResolverTypeWrapper<PasskeyChallenge>;
  BeginPasskeyRegistrationPayload: ResolverTypeWrapper<BeginPasskeyRegistrationPayload>;
  RegisterPasskeyInput: RegisterPasskeyInput;
  RegisterPasskeyPayload: ResolverTypeWrapper<RegisterPasskeyPayload>;
  RemovePasskeyInput: RemovePasskeyInput;
  RemovePasskeyPayload: ResolverTypeWrapper<RemovePasskeyPayload>;
  BeginPasskeySignInPayload: ResolverTypeWrapper<BeginPasskeySignInPayload>;
  SignInWithPasskeyInput: SignInWithPasskeyInput;
  SignInWithPasskeyPayload: ResolverTypeWrapper<Omit<SignInWithPasskeyPayload, 'user'> & { user: ResolversTypes['User'] }>;
  BeginPasskeyStepUpPayload: ResolverTypeWrapper<BeginPasskeyStepUpPayload>;
  StepUpPayload: ResolverTypeWrapper<StepUpPayload>;
  EnrolTotpPayload: ResolverTypeWrapper<EnrolTotpPayload>;
  ConfirmTotpInput: ConfirmTotpInput;
  ConfirmTotpPayload: ResolverTypeWrapper<ConfirmTotpPayload>;
  RemoveTotpPayload: ResolverTypeWrapper<RemoveTotpPayload>;
  RegenerateRecoveryCodesPayload: ResolverTypeWrapper<RegenerateRecoveryCodesPayload>;
  Factors: ResolverTypeWrapper<Factors>;
  Passkey: ResolverTypeWrapper<Passkey>;
  RefreshAccessTokenInput: RefreshAccessTokenInput;
  RefreshAccessTokenPayload: ResolverTypeWrapper<RefreshAccessTokenPayload>;
  SignOutInput: SignOutInput;
  SignOutPayload: ResolverTypeWrapper<SignOutPayload>;
  EndSessionInput: EndSessionInput;
  EndSessionPayload: ResolverTypeWrapper<EndSessionPayload>;
  EndOtherSessionsPayload: ResolverTypeWrapper<EndOtherSessionsPayload>;
  SessionConnection: ResolverTypeWrapper<Omit<SessionConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['SessionEdge']> }>;
  SessionEdge: ResolverTypeWrapper<Omit<SessionEdge, 'node'> & { node: ResolversTypes['Session'] }>;
  Session: ResolverTypeWrapper<SessionModel>;
  AuthenticationLevel: AuthenticationLevel;
  VerifyEmailWithTokenInput: VerifyEmailWithTokenInput;
  VerifyEmailWithTokenPayload: ResolverTypeWrapper<VerifyEmailWithTokenPayload>;
  ResendVerificationEmailPayload: ResolverTypeWrapper<ResendVerificationEmailPayload>;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfilePayload: ResolverTypeWrapper<Omit<UpdateProfilePayload, 'user'> & { user: ResolversTypes['User'] }>;
  ChangePasswordInput: ChangePasswordInput;
  ChangePasswordPayload: ResolverTypeWrapper<ChangePasswordPayload>;
  RequestPasswordResetInput: RequestPasswordResetInput;
  RequestPasswordResetPayload: ResolverTypeWrapper<RequestPasswordResetPayload>;
  ResetPasswordInput: ResetPasswordInput;
  ResetPasswordPayload: ResolverTypeWrapper<ResetPasswordPayload>;
  DeleteAccountInput: DeleteAccountInput;
  DeleteAccountPayload: ResolverTypeWrapper<DeleteAccountPayload>;
  SessionTokens: ResolverTypeWrapper<SessionTokens>;
  ServicePrincipal: ResolverTypeWrapper<ServicePrincipalModel>;
  ServiceCredential: ResolverTypeWrapper<ServiceCredentialModel>;
  ServicePrincipalConnection: ResolverTypeWrapper<ServicePrincipalConnectionModel>;
  ServicePrincipalEdge: ResolverTypeWrapper<Omit<ServicePrincipalEdge, 'node'> & { node: ResolversTypes['ServicePrincipal'] }>;
  ServicePrincipalOrder: ServicePrincipalOrder;
  ServicePrincipalOrderField: ServicePrincipalOrderField;
  OrderDirection: OrderDirection;
  PolicyVersionConnection: ResolverTypeWrapper<Omit<PolicyVersionConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['PolicyVersionEdge']> }>;
  PolicyVersionEdge: ResolverTypeWrapper<Omit<PolicyVersionEdge, 'node'> & { node: ResolversTypes['PolicyVersion'] }>;
  PolicyVersion: ResolverTypeWrapper<PolicyVersionModel>;
  PolicyState: PolicyState;
  PolicySources: ResolverTypeWrapper<PolicySources>;
  DraftPolicyInput: DraftPolicyInput;
  DraftPolicyPayload: ResolverTypeWrapper<Omit<DraftPolicyPayload, 'policy'> & { policy: ResolversTypes['PolicyVersion'] }>;
  ActivatePolicyInput: ActivatePolicyInput;
  ActivatePolicyPayload: ResolverTypeWrapper<Omit<ActivatePolicyPayload, 'policy'> & { policy: ResolversTypes['PolicyVersion'] }>;
  RollbackPolicyInput: RollbackPolicyInput;
  RollbackPolicyPayload: ResolverTypeWrapper<Omit<RollbackPolicyPayload, 'policy'> & { policy: ResolversTypes['PolicyVersion'] }>;
  PolicySimulation: ResolverTypeWrapper<Omit<PolicySimulation, 'differences'> & { differences: ReadonlyArray<ResolversTypes['PolicyDifference']> }>;
  PolicyDifference: ResolverTypeWrapper<PolicyDifferenceModel>;
  PolicyResourceInput: PolicyResourceInput;
  Explanation: ResolverTypeWrapper<Explanation>;
  DecidingPolicy: ResolverTypeWrapper<DecidingPolicy>;
  MissingPermission: ResolverTypeWrapper<MissingPermission>;
  PermissionGrant: ResolverTypeWrapper<PermissionGrant>;
  PermissionCheck: ResolverTypeWrapper<PermissionCheck>;
  AuditEventFilter: AuditEventFilter;
  AuditOutcome: AuditOutcome;
  AuditActorKind: AuditActorKind;
  AuditEventConnection: ResolverTypeWrapper<Omit<AuditEventConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AuditEventEdge']> }>;
  AuditEventEdge: ResolverTypeWrapper<Omit<AuditEventEdge, 'node'> & { node: ResolversTypes['AuditEvent'] }>;
  AuditEvent: ResolverTypeWrapper<AuditEventModel>;
  AuditActor: ResolverTypeWrapper<AuditActor>;
  AuditResource: ResolverTypeWrapper<AuditResource>;
  AuditLogHeadInput: AuditLogHeadInput;
  AuditLogVerification: ResolverTypeWrapper<AuditLogVerificationModel>;
  AuditLogHead: ResolverTypeWrapper<AuditLogHead>;
  AuditLogBreak: ResolverTypeWrapper<AuditLogBreak>;
  AuditLogFault: AuditLogFault;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  CreateServicePrincipalInput: CreateServicePrincipalInput;
  CreateServicePrincipalPayload: ResolverTypeWrapper<Omit<CreateServicePrincipalPayload, 'servicePrincipal'> & { servicePrincipal: ResolversTypes['ServicePrincipal'] }>;
  RotateServiceSecretInput: RotateServiceSecretInput;
  RotateServiceSecretPayload: ResolverTypeWrapper<Omit<RotateServiceSecretPayload, 'servicePrincipal'> & { servicePrincipal: ResolversTypes['ServicePrincipal'] }>;
  DisableServicePrincipalInput: DisableServicePrincipalInput;
  DisableServicePrincipalPayload: ResolverTypeWrapper<Omit<DisableServicePrincipalPayload, 'servicePrincipal'> & { servicePrincipal: ResolversTypes['ServicePrincipal'] }>;
  Membership: ResolverTypeWrapper<MembershipModel>;
  Group: ResolverTypeWrapper<GroupModel>;
  Role: ResolverTypeWrapper<RoleModel>;
  Permission: ResolverTypeWrapper<PermissionModel>;
  UserConnection: ResolverTypeWrapper<UserConnectionModel>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  UserOrder: UserOrder;
  UserOrderField: UserOrderField;
  MembershipConnection: ResolverTypeWrapper<MembershipConnectionModel>;
  MembershipEdge: ResolverTypeWrapper<Omit<MembershipEdge, 'node'> & { node: ResolversTypes['Membership'] }>;
  GroupConnection: ResolverTypeWrapper<GroupConnectionModel>;
  GroupEdge: ResolverTypeWrapper<Omit<GroupEdge, 'node'> & { node: ResolversTypes['Group'] }>;
  GroupOrder: GroupOrder;
  GroupOrderField: GroupOrderField;
  RoleConnection: ResolverTypeWrapper<RoleConnectionModel>;
  RoleEdge: ResolverTypeWrapper<Omit<RoleEdge, 'node'> & { node: ResolversTypes['Role'] }>;
  RoleOrder: RoleOrder;
  RoleOrderField: RoleOrderField;
  PermissionConnection: ResolverTypeWrapper<PermissionConnectionModel>;
  PermissionEdge: ResolverTypeWrapper<Omit<PermissionEdge, 'node'> & { node: ResolversTypes['Permission'] }>;
  PermissionOrder: PermissionOrder;
  PermissionOrderField: PermissionOrderField;
  CreateGroupInput: CreateGroupInput;
  CreateGroupPayload: ResolverTypeWrapper<Omit<CreateGroupPayload, 'group'> & { group: ResolversTypes['Group'] }>;
  UpdateGroupInput: UpdateGroupInput;
  UpdateGroupPayload: ResolverTypeWrapper<Omit<UpdateGroupPayload, 'group'> & { group: ResolversTypes['Group'] }>;
  DeleteGroupInput: DeleteGroupInput;
  DeleteGroupPayload: ResolverTypeWrapper<DeleteGroupPayload>;
  CreateRoleInput: CreateRoleInput;
  CreateRolePayload: ResolverTypeWrapper<Omit<CreateRolePayload, 'role'> & { role: ResolversTypes['Role'] }>;
  UpdateRoleInput: UpdateRoleInput;
  UpdateRolePayload: ResolverTypeWrapper<Omit<UpdateRolePayload, 'role'> & { role: ResolversTypes['Role'] }>;
  DeleteRoleInput: DeleteRoleInput;
  DeleteRolePayload: ResolverTypeWrapper<DeleteRolePayload>;
  AssignGroupToUserInput: AssignGroupToUserInput;
  AssignGroupToUserPayload: ResolverTypeWrapper<Omit<AssignGroupToUserPayload, 'membership'> & { membership: ResolversTypes['Membership'] }>;
  RemoveGroupFromUserInput: RemoveGroupFromUserInput;
  RemoveGroupFromUserPayload: ResolverTypeWrapper<Omit<RemoveGroupFromUserPayload, 'user'> & { user: ResolversTypes['User'] }>;
  AssignRoleToGroupInput: AssignRoleToGroupInput;
  AssignRoleToGroupPayload: ResolverTypeWrapper<Omit<AssignRoleToGroupPayload, 'group'> & { group: ResolversTypes['Group'] }>;
  RemoveRoleFromGroupInput: RemoveRoleFromGroupInput;
  RemoveRoleFromGroupPayload: ResolverTypeWrapper<Omit<RemoveRoleFromGroupPayload, 'group'> & { group: ResolversTypes['Group'] }>;
  AssignPermissionToRoleInput: AssignPermissionToRoleInput;
  AssignPermissionToRolePayload: ResolverTypeWrapper<Omit<AssignPermissionToRolePayload, 'role'> & { role: ResolversTypes['Role'] }>;
  RemovePermissionFromRoleInput: RemovePermissionFromRoleInput;
  RemovePermissionFromRolePayload: ResolverTypeWrapper<Omit<RemovePermissionFromRolePayload, 'role'> & { role: ResolversTypes['Role'] }>;
  EnableUserInput: EnableUserInput;
  EnableUserPayload: ResolverTypeWrapper<Omit<EnableUserPayload, 'user'> & { user: ResolversTypes['User'] }>;
  DisableUserInput: DisableUserInput;
  DisableUserPayload: ResolverTypeWrapper<Omit<DisableUserPayload, 'user'> & { user: ResolversTypes['User'] }>;
  UpdateUserInput: UpdateUserInput;
  UpdateUserPayload: ResolverTypeWrapper<Omit<UpdateUserPayload, 'user'> & { user: ResolversTypes['User'] }>;
  SigningKey: ResolverTypeWrapper<SigningKey>;
  SigningKeyState: SigningKeyState;
  RotateSigningKeyPayload: ResolverTypeWrapper<RotateSigningKeyPayload>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  User: UserModel;
  Boolean: Scalars['Boolean']['output'];
  DateTime: Scalars['DateTime']['output'];
  SignUpInput: SignUpInput;
  SignUpPayload: SignUpPayload;
  SignInInput: SignInInput;
  SignInPayload: Omit<SignInPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  SignInChallenge: SignInChallenge;
  CompleteSignInInput: CompleteSignInInput;
  CompleteSignInPayload: Omit<CompleteSignInPayload, 'user'> & { user: ResolversParentTypes['User'] };
  IdentityProvider: IdentityProvider;
  FederatedIdentity: FederatedIdentity;
  SignInWithOAuthInput: SignInWithOAuthInput;
  LinkIdentityInput: LinkIdentityInput;
  LinkIdentityPayload: Omit<LinkIdentityPayload, 'user'> & { user: ResolversParentTypes['User'] };
  UnlinkIdentityInput: UnlinkIdentityInput;
  UnlinkIdentityPayload: Omit<UnlinkIdentityPayload, 'user'> & { user: ResolversParentTypes['User'] };
  StepUpInput: StepUpInput;
  PasskeyAnswerInput: PasskeyAnswerInput;
  PasskeyChallenge: PasskeyChallenge;
  BeginPasskeyRegistrationPayload: BeginPasskeyRegistrationPayload;
  RegisterPasskeyInput: RegisterPasskeyInput;
  RegisterPasskeyPayload: RegisterPasskeyPayload;
  RemovePasskeyInput: RemovePasskeyInput;
  RemovePasskeyPayload: RemovePasskeyPayload;
  BeginPasskeySignInPayload: BeginPasskeySignInPayload;
  SignInWithPasskeyInput: SignInWithPasskeyInput;
  SignInWithPasskeyPayload: Omit<SignInWithPasskeyPayload, 'user'> & { user: ResolversParentTypes['User'] };
  BeginPasskeyStepUpPayload: BeginPasskeyStepUpPayload;
  StepUpPayload: StepUpPayload;
  EnrolTotpPayload: EnrolTotpPayload;
  ConfirmTotpInput: ConfirmTotpInput;
  ConfirmTotpPayload: ConfirmTotpPayload;
  RemoveTotpPayload: RemoveTotpPayload;
  RegenerateRecoveryCodesPayload: RegenerateRecoveryCodesPayload;
  Factors: Factors;
  Passkey: Passkey;
  RefreshAccessTokenInput: RefreshAccessTokenInput;
  RefreshAccessTokenPayload: RefreshAccessTokenPayload;
  SignOutInput: SignOutInput;
  SignOutPayload: SignOutPayload;
  EndSessionInput: EndSessionInput;
  EndSessionPayload: EndSessionPayload;
  EndOtherSessionsPayload: EndOtherSessionsPayload;
  SessionConnection: Omit<SessionConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['SessionEdge']> };
  SessionEdge: Omit<SessionEdge, 'node'> & { node: ResolversParentTypes['Session'] };
  Session: SessionModel;
  VerifyEmailWithTokenInput: VerifyEmailWithTokenInput;
  VerifyEmailWithTokenPayload: VerifyEmailWithTokenPayload;
  ResendVerificationEmailPayload: ResendVerificationEmailPayload;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfilePayload: Omit<UpdateProfilePayload, 'user'> & { user: ResolversParentTypes['User'] };
  ChangePasswordInput: ChangePasswordInput;
  ChangePasswordPayload: ChangePasswordPayload;
  RequestPasswordResetInput: RequestPasswordResetInput;
  RequestPasswordResetPayload: RequestPasswordResetPayload;
  ResetPasswordInput: ResetPasswordInput;
  ResetPasswordPayload: ResetPasswordPayload;
  DeleteAccountInput: DeleteAccountInput;
  DeleteAccountPayload: DeleteAccountPayload;
  SessionTokens: SessionTokens;
  ServicePrincipal: ServicePrincipalModel;
  ServiceCredential: ServiceCredentialModel;
  ServicePrincipalConnection: ServicePrincipalConnectionModel;
  ServicePrincipalEdge: Omit<ServicePrincipalEdge, 'node'> & { node: ResolversParentTypes['ServicePrincipal'] };
  ServicePrincipalOrder: ServicePrincipalOrder;
  PolicyVersionConnection: Omit<PolicyVersionConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['PolicyVersionEdge']> };
  PolicyVersionEdge: Omit<PolicyVersionEdge, 'node'> & { node: ResolversParentTypes['PolicyVersion'] };
  PolicyVersion: PolicyVersionModel;
  PolicySources: PolicySources;
  DraftPolicyInput: DraftPolicyInput;
  DraftPolicyPayload: Omit<DraftPolicyPayload, 'policy'> & { policy: ResolversParentTypes['PolicyVersion'] };
  ActivatePolicyInput: ActivatePolicyInput;
  ActivatePolicyPayload: Omit<ActivatePolicyPayload, 'policy'> & { policy: ResolversParentTypes['PolicyVersion'] };
  RollbackPolicyInput: RollbackPolicyInput;
  RollbackPolicyPayload: Omit<RollbackPolicyPayload, 'policy'> & { policy: ResolversParentTypes['PolicyVersion'] };
  PolicySimulation: Omit<PolicySimulation, 'differences'> & { differences: ReadonlyArray<ResolversParentTypes['PolicyDifference']> };
  PolicyDifference: PolicyDifferenceModel;
  PolicyResourceInput: PolicyResourceInput;
  Explanation: Explanation;
  DecidingPolicy: DecidingPolicy;
  MissingPermission: MissingPermission;
  PermissionGrant: PermissionGrant;
  PermissionCheck: PermissionCheck;
  AuditEventFilter: AuditEventFilter;
  AuditEventConnection: Omit<AuditEventConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AuditEventEdge']> };
  AuditEventEdge: Omit<AuditEventEdge, 'node'> & { node: ResolversParentTypes['AuditEvent'] };
  AuditEvent: AuditEventModel;
  AuditActor: AuditActor;
  AuditResource: AuditResource;
  AuditLogHeadInput: AuditLogHeadInput;
  AuditLogVerification: AuditLogVerificationModel;
  AuditLogHead: AuditLogHead;
  AuditLogBreak: AuditLogBreak;
  PageInfo: PageInfo;
  CreateServicePrincipalInput: CreateServicePrincipalInput;
  CreateServicePrincipalPayload: Omit<CreateServicePrincipalPayload, 'servicePrincipal'> & { servicePrincipal: ResolversParentTypes['ServicePrincipal'] };
  RotateServiceSecretInput: RotateServiceSecretInput;
  RotateServiceSecretPayload: Omit<RotateServiceSecretPayload, 'servicePrincipal'> & { servicePrincipal: ResolversParentTypes['ServicePrincipal'] };
  DisableServicePrincipalInput: DisableServicePrincipalInput;
  DisableServicePrincipalPayload: Omit<DisableServicePrincipalPayload, 'servicePrincipal'> & { servicePrincipal: ResolversParentTypes['ServicePrincipal'] };
  Membership: MembershipModel;
  Group: GroupModel;
  Role: RoleModel;
  Permission: PermissionModel;
  UserConnection: UserConnectionModel;
  UserEdge: Omit<UserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  UserOrder: UserOrder;
  MembershipConnection: MembershipConnectionModel;
  MembershipEdge: Omit<MembershipEdge, 'node'> & { node: ResolversParentTypes['Membership'] };
  GroupConnection: GroupConnectionModel;
  GroupEdge: Omit<GroupEdge, 'node'> & { node: ResolversParentTypes['Group'] };
  GroupOrder: GroupOrder;
  RoleConnection: RoleConnectionModel;
  RoleEdge: Omit<RoleEdge, 'node'> & { node: ResolversParentTypes['Role'] };
  RoleOrder: RoleOrder;
  PermissionConnection: PermissionConnectionModel;
  PermissionEdge: Omit<PermissionEdge, 'node'> & { node: ResolversParentTypes['Permission'] };
  PermissionOrder: PermissionOrder;
  CreateGroupInput: CreateGroupInput;
  CreateGroupPayload: Omit<CreateGroupPayload, 'group'> & { group: ResolversParentTypes['Group'] };
  UpdateGroupInput: UpdateGroupInput;
  UpdateGroupPayload: Omit<UpdateGroupPayload, 'group'> & { group: ResolversParentTypes['Group'] };
  DeleteGroupInput: DeleteGroupInput;
  DeleteGroupPayload: DeleteGroupPayload;
  CreateRoleInput: CreateRoleInput;
  CreateRolePayload: Omit<CreateRolePayload, 'role'> & { role: ResolversParentTypes['Role'] };
  UpdateRoleInput: UpdateRoleInput;
  UpdateRolePayload: Omit<UpdateRolePayload, 'role'> & { role: ResolversParentTypes['Role'] };
  DeleteRoleInput: DeleteRoleInput;
  DeleteRolePayload: DeleteRolePayload;
  AssignGroupToUserInput: AssignGroupToUserInput;
  AssignGroupToUserPayload: Omit<AssignGroupToUserPayload, 'membership'> & { membership: ResolversParentTypes['Membership'] };
  RemoveGroupFromUserInput: RemoveGroupFromUserInput;
  RemoveGroupFromUserPayload: Omit<RemoveGroupFromUserPayload, 'user'> & { user: ResolversParentTypes['User'] };
  AssignRoleToGroupInput: AssignRoleToGroupInput;
  AssignRoleToGroupPayload: Omit<AssignRoleToGroupPayload, 'group'> & { group: ResolversParentTypes['Group'] };
  RemoveRoleFromGroupInput: RemoveRoleFromGroupInput;
  RemoveRoleFromGroupPayload: Omit<RemoveRoleFromGroupPayload, 'group'> & { group: ResolversParentTypes['Group'] };
  AssignPermissionToRoleInput: AssignPermissionToRoleInput;
  AssignPermissionToRolePayload: Omit<AssignPermissionToRolePayload, 'role'> & { role: ResolversParentTypes['Role'] };
  RemovePermissionFromRoleInput: RemovePermissionFromRoleInput;
  RemovePermissionFromRolePayload: Omit<RemovePermissionFromRolePayload, 'role'> & { role: ResolversParentTypes['Role'] };
  EnableUserInput: EnableUserInput;
  EnableUserPayload: Omit<EnableUserPayload, 'user'> & { user: ResolversParentTypes['User'] };
  DisableUserInput: DisableUserInput;
  DisableUserPayload: Omit<DisableUserPayload, 'user'> & { user: ResolversParentTypes['User'] };
  UpdateUserInput: UpdateUserInput;
  UpdateUserPayload: Omit<UpdateUserPayload, 'user'> & { user: ResolversParentTypes['User'] };
  SigningKey: SigningKey;
  RotateSigningKeyPayload: RotateSigningKeyPayload;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  currentUser?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sessions?: Resolver<Maybe<ResolversTypes['SessionConnection']>, ParentType, ContextType, Partial<QuerySessionsArgs>>;
  servicePrincipals?: Resolver<Maybe<ResolversTypes['ServicePrincipalConnection']>, ParentType, ContextType, RequireFields<QueryServicePrincipalsArgs, 'orderBy'>>;
  policies?: Resolver<Maybe<ResolversTypes['PolicyVersionConnection']>, ParentType, ContextType, Partial<QueryPoliciesArgs>>;
  policySources?: Resolver<Maybe<ResolversTypes['PolicySources']>, ParentType, ContextType>;
  simulatePolicy?: Resolver<Maybe<ResolversTypes['PolicySimulation']>, ParentType, ContextType, RequireFields<QuerySimulatePolicyArgs, 'number' | 'days'>>;
  explain?: Resolver<Maybe<ResolversTypes['Explanation']>, ParentType, ContextType, RequireFields<QueryExplainArgs, 'userId' | 'action' | 'resource'>>;
  checkPermission?: Resolver<Maybe<ResolversTypes['PermissionCheck']>, ParentType, ContextType, RequireFields<QueryCheckPermissionArgs, 'action' | 'resource'>>;
  auditEvents?: Resolver<Maybe<ResolversTypes['AuditEventConnection']>, ParentType, ContextType, Partial<QueryAuditEventsArgs>>;
  verifyAuditLog?: Resolver<Maybe<ResolversTypes['AuditLogVerification']>, ParentType, ContextType, Partial<QueryVerifyAuditLogArgs>>;
  users?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, RequireFields<QueryUsersArgs, 'orderBy'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  groups?: Resolver<Maybe<ResolversTypes['GroupConnection']>, ParentType, ContextType, RequireFields<QueryGroupsArgs, 'orderBy'>>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType, RequireFields<QueryGroupArgs, 'id'>>;
  roles?: Resolver<Maybe<ResolversTypes['RoleConnection']>, ParentType, ContextType, RequireFields<QueryRolesArgs, 'orderBy'>>;
  role?: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType, RequireFields<QueryRoleArgs, 'id'>>;
  permissions?: Resolver<Maybe<ResolversTypes['PermissionConnection']>, ParentType, ContextType, RequireFields<QueryPermissionsArgs, 'orderBy'>>;
  identityProviders?: Resolver<Maybe<ReadonlyArray<ResolversTypes['IdentityProvider']>>, ParentType, ContextType>;
  signingKeys?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SigningKey']>>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  draftPolicy?: Resolver<ResolversTypes['DraftPolicyPayload'], ParentType, ContextType, RequireFields<MutationDraftPolicyArgs, 'input'>>;
  activatePolicy?: Resolver<ResolversTypes['ActivatePolicyPayload'], ParentType, ContextType, RequireFields<MutationActivatePolicyArgs, 'input'>>;
  rollbackPolicy?: Resolver<ResolversTypes['RollbackPolicyPayload'], ParentType, ContextType, RequireFields<MutationRollbackPolicyArgs, 'input'>>;
  signUp?: Resolver<ResolversTypes['SignUpPayload'], ParentType, ContextType, RequireFields<MutationSignUpArgs, 'input'>>;
  signIn?: Resolver<ResolversTypes['SignInPayload'], ParentType, ContextType, RequireFields<MutationSignInArgs, 'input'>>;
  completeSignIn?: Resolver<ResolversTypes['CompleteSignInPayload'], ParentType, ContextType, RequireFields<MutationCompleteSignInArgs, 'input'>>;
  stepUp?: Resolver<ResolversTypes['StepUpPayload'], ParentType, ContextType, RequireFields<MutationStepUpArgs, 'input'>>;
  enrolTotp?: Resolver<ResolversTypes['EnrolTotpPayload'], ParentType, ContextType>;
  confirmTotp?: Resolver<ResolversTypes['ConfirmTotpPayload'], ParentType, ContextType, RequireFields<MutationConfirmTotpArgs, 'input'>>;
  removeTotp?: Resolver<ResolversTypes['RemoveTotpPayload'], ParentType, ContextType>;
  beginPasskeyRegistration?: Resolver<ResolversTypes['BeginPasskeyRegistrationPayload'], ParentType, ContextType>;
  registerPasskey?: Resolver<ResolversTypes['RegisterPasskeyPayload'], ParentType, ContextType, RequireFields<MutationRegisterPasskeyArgs, 'input'>>;
  removePasskey?: Resolver<ResolversTypes['RemovePasskeyPayload'], ParentType, ContextType, RequireFields<MutationRemovePasskeyArgs, 'input'>>;
  beginPasskeySignIn?: Resolver<ResolversTypes['BeginPasskeySignInPayload'], ParentType, ContextType>;
  signInWithPasskey?: Resolver<ResolversTypes['SignInWithPasskeyPayload'], ParentType, ContextType, RequireFields<MutationSignInWithPasskeyArgs, 'input'>>;
  beginPasskeyStepUp?: Resolver<ResolversTypes['BeginPasskeyStepUpPayload'], ParentType, ContextType>;
  regenerateRecoveryCodes?: Resolver<ResolversTypes['RegenerateRecoveryCodesPayload'], ParentType, ContextType>;
  refreshAccessToken?: Resolver<ResolversTypes['RefreshAccessTokenPayload'], ParentType, ContextType, RequireFields<MutationRefreshAccessTokenArgs, 'input'>>;
  signInWithOAuth?: Resolver<ResolversTypes['SignInPayload'], ParentType, ContextType, RequireFields<MutationSignInWithOAuthArgs, 'input'>>;
  linkIdentity?: Resolver<ResolversTypes['LinkIdentityPayload'], ParentType, ContextType, RequireFields<MutationLinkIdentityArgs, 'input'>>;
  unlinkIdentity?: Resolver<ResolversTypes['UnlinkIdentityPayload'], ParentType, ContextType, RequireFields<MutationUnlinkIdentityArgs, 'input'>>;
  signOut?: Resolver<ResolversTypes['SignOutPayload'], ParentType, ContextType, RequireFields<MutationSignOutArgs, 'input'>>;
  endSession?: Resolver<ResolversTypes['EndSessionPayload'], ParentType, ContextType, RequireFields<MutationEndSessionArgs, 'input'>>;
  endOtherSessions?: Resolver<ResolversTypes['EndOtherSessionsPayload'], ParentType, ContextType>;
  verifyEmailWithToken?: Resolver<ResolversTypes['VerifyEmailWithTokenPayload'], ParentType, ContextType, RequireFields<MutationVerifyEmailWithTokenArgs, 'input'>>;
  resendVerificationEmail?: Resolver<ResolversTypes['ResendVerificationEmailPayload'], ParentType, ContextType>;
  updateProfile?: Resolver<ResolversTypes['UpdateProfilePayload'], ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
  changePassword?: Resolver<ResolversTypes['ChangePasswordPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  requestPasswordReset?: Resolver<ResolversTypes['RequestPasswordResetPayload'], ParentType, ContextType, RequireFields<MutationRequestPasswordResetArgs, 'input'>>;
  resetPassword?: Resolver<ResolversTypes['ResetPasswordPayload'], ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'input'>>;
  deleteAccount?: Resolver<ResolversTypes['DeleteAccountPayload'], ParentType, ContextType, RequireFields<MutationDeleteAccountArgs, 'input'>>;
  createServicePrincipal?: Resolver<ResolversTypes['CreateServicePrincipalPayload'], ParentType, ContextType, RequireFields<MutationCreateServicePrincipalArgs, 'input'>>;
  rotateServiceSecret?: Resolver<ResolversTypes['RotateServiceSecretPayload'], ParentType, ContextType, RequireFields<MutationRotateServiceSecretArgs, 'input'>>;
  disableServicePrincipal?: Resolver<ResolversTypes['DisableServicePrincipalPayload'], ParentType, ContextType, RequireFields<MutationDisableServicePrincipalArgs, 'input'>>;
  createGroup?: Resolver<ResolversTypes['CreateGroupPayload'], ParentType, ContextType, RequireFields<MutationCreateGroupArgs, 'input'>>;
  updateGroup?: Resolver<ResolversTypes['UpdateGroupPayload'], ParentType, ContextType, RequireFields<MutationUpdateGroupArgs, 'input'>>;
  deleteGroup?: Resolver<ResolversTypes['DeleteGroupPayload'], ParentType, ContextType, RequireFields<MutationDeleteGroupArgs, 'input'>>;
  createRole?: Resolver<ResolversTypes['CreateRolePayload'], ParentType, ContextType, RequireFields<MutationCreateRoleArgs, 'input'>>;
  updateRole?: Resolver<ResolversTypes['UpdateRolePayload'], ParentType, ContextType, RequireFields<MutationUpdateRoleArgs, 'input'>>;
  deleteRole?: Resolver<ResolversTypes['DeleteRolePayload'], ParentType, ContextType, RequireFields<MutationDeleteRoleArgs, 'input'>>;
  assignGroupToUser?: Resolver<ResolversTypes['AssignGroupToUserPayload'], ParentType, ContextType, RequireFields<MutationAssignGroupToUserArgs, 'input'>>;
  removeGroupFromUser?: Resolver<ResolversTypes['RemoveGroupFromUserPayload'], ParentType, ContextType, RequireFields<MutationRemoveGroupFromUserArgs, 'input'>>;
  assignRoleToGroup?: Resolver<ResolversTypes['AssignRoleToGroupPayload'], ParentType, ContextType, RequireFields<MutationAssignRoleToGroupArgs, 'input'>>;
  removeRoleFromGroup?: Resolver<ResolversTypes['RemoveRoleFromGroupPayload'], ParentType, ContextType, RequireFields<MutationRemoveRoleFromGroupArgs, 'input'>>;
  assignPermissionToRole?: Resolver<ResolversTypes['AssignPermissionToRolePayload'], ParentType, ContextType, RequireFields<MutationAssignPermissionToRoleArgs, 'input'>>;
  removePermissionFromRole?: Resolver<ResolversTypes['RemovePermissionFromRolePayload'], ParentType, ContextType, RequireFields<MutationRemovePermissionFromRoleArgs, 'input'>>;
  enableUser?: Resolver<ResolversTypes['EnableUserPayload'], ParentType, ContextType, RequireFields<MutationEnableUserArgs, 'input'>>;
  disableUser?: Resolver<ResolversTypes['DisableUserPayload'], ParentType, ContextType, RequireFields<MutationDisableUserArgs, 'input'>>;
  updateUser?: Resolver<ResolversTypes['UpdateUserPayload'], ParentType, ContextType, RequireFields<MutationUpdateUserArgs, 'input'>>;
  rotateSigningKey?: Resolver<ResolversTypes['RotateSigningKeyPayload'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emailVerified?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  locale?: Resolver<Maybe<ResolversTypes['Locale']>, ParentType, ContextType>;
  permissions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  identities?: Resolver<Maybe<ReadonlyArray<ResolversTypes['FederatedIdentity']>>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  factors?: Resolver<Maybe<ResolversTypes['Factors']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  memberships?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Membership']>>, ParentType, ContextType>;
  disabled?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type SignUpPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SignUpPayload'] = ResolversParentTypes['SignUpPayload']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SignInPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SignInPayload'] = ResolversParentTypes['SignInPayload']> = {
  session?: Resolver<Maybe<ResolversTypes['SessionTokens']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  challenge?: Resolver<Maybe<ResolversTypes['SignInChallenge']>, ParentType, ContextType>;
};

export type SignInChallengeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SignInChallenge'] = ResolversParentTypes['SignInChallenge']> = {
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  methods?: Resolver<ReadonlyArray<ResolversTypes['SecondFactor']>, ParentType, ContextType>;
  passkeyOptions?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CompleteSignInPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CompleteSignInPayload'] = ResolversParentTypes['CompleteSignInPayload']> = {
  session?: Resolver<ResolversTypes['SessionTokens'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type IdentityProviderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IdentityProvider'] = ResolversParentTypes['IdentityProvider']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  issuer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FederatedIdentityResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FederatedIdentity'] = ResolversParentTypes['FederatedIdentity']> = {
  provider?: Resolver<ResolversTypes['IdentityProvider'], ParentType, ContextType>;
  linkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type LinkIdentityPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LinkIdentityPayload'] = ResolversParentTypes['LinkIdentityPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UnlinkIdentityPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UnlinkIdentityPayload'] = ResolversParentTypes['UnlinkIdentityPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type PasskeyChallengeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PasskeyChallenge'] = ResolversParentTypes['PasskeyChallenge']> = {
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  options?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type BeginPasskeyRegistrationPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BeginPasskeyRegistrationPayload'] = ResolversParentTypes['BeginPasskeyRegistrationPayload']> = {
  challenge?: Resolver<ResolversTypes['PasskeyChallenge'], ParentType, ContextType>;
};

export type RegisterPasskeyPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RegisterPasskeyPayload'] = ResolversParentTypes['RegisterPasskeyPayload']> = {
  factors?: Resolver<ResolversTypes['Factors'], ParentType, ContextType>;
  recoveryCodes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type RemovePasskeyPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RemovePasskeyPayload'] = ResolversParentTypes['RemovePasskeyPayload']> = {
  factors?: Resolver<ResolversTypes['Factors'], ParentType, ContextType>;
};

export type BeginPasskeySignInPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BeginPasskeySignInPayload'] = ResolversParentTypes['BeginPasskeySignInPayload']> = {
  challenge?: Resolver<ResolversTypes['PasskeyChallenge'], ParentType, ContextType>;
};

export type SignInWithPasskeyPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SignInWithPasskeyPayload'] = ResolversParentTypes['SignInWithPasskeyPayload']> = {
  session?: Resolver<ResolversTypes['SessionTokens'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type BeginPasskeyStepUpPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BeginPasskeyStepUpPayload'] = ResolversParentTypes['BeginPasskeyStepUpPayload']> = {
  challenge?: Resolver<ResolversTypes['PasskeyChallenge'], ParentType, ContextType>;
};

export type StepUpPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['StepUpPayload'] = ResolversParentTypes['StepUpPayload']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type EnrolTotpPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EnrolTotpPayload'] = ResolversParentTypes['EnrolTotpPayload']> = {
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  otpauthUri?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConfirmTotpPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ConfirmTotpPayload'] = ResolversParentTypes['ConfirmTotpPayload']> = {
  factors?: Resolver<ResolversTypes['Factors'], ParentType, ContextType>;
  recoveryCodes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type RemoveTotpPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RemoveTotpPayload'] = ResolversParentTypes['RemoveTotpPayload']> = {
  factors?: Resolver<ResolversTypes['Factors'], ParentType, ContextType>;
};

export type RegenerateRecoveryCodesPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RegenerateRecoveryCodesPayload'] = ResolversParentTypes['RegenerateRecoveryCodesPayload']> = {
  factors?: Resolver<ResolversTypes['Factors'], ParentType, ContextType>;
  recoveryCodes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FactorsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Factors'] = ResolversParentTypes['Factors']> = {
  totpSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  recoveryCodesLeft?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  passkeys?: Resolver<ReadonlyArray<ResolversTypes['Passkey']>, ParentType, ContextType>;
};

export type PasskeyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Passkey'] = ResolversParentTypes['Passkey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type RefreshAccessTokenPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RefreshAccessTokenPayload'] = ResolversParentTypes['RefreshAccessTokenPayload']> = {
  session?: Resolver<ResolversTypes['SessionTokens'], ParentType, ContextType>;
};

export type SignOutPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SignOutPayload'] = ResolversParentTypes['SignOutPayload']> = {
  signedOut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type EndSessionPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EndSessionPayload'] = ResolversParentTypes['EndSessionPayload']> = {
  endedSessionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type EndOtherSessionsPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EndOtherSessionsPayload'] = ResolversParentTypes['EndOtherSessionsPayload']> = {
  ended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SessionConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SessionConnection'] = ResolversParentTypes['SessionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SessionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SessionEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SessionEdge'] = ResolversParentTypes['SessionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Session'], ParentType, ContextType>;
};

export type SessionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isCurrent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  authenticationLevel?: Resolver<ResolversTypes['AuthenticationLevel'], ParentType, ContextType>;
};

export type VerifyEmailWithTokenPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VerifyEmailWithTokenPayload'] = ResolversParentTypes['VerifyEmailWithTokenPayload']> = {
  verified?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ResendVerificationEmailPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ResendVerificationEmailPayload'] = ResolversParentTypes['ResendVerificationEmailPayload']> = {
  requested?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type UpdateProfilePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpdateProfilePayload'] = ResolversParentTypes['UpdateProfilePayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type ChangePasswordPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ChangePasswordPayload'] = ResolversParentTypes['ChangePasswordPayload']> = {
  changed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RequestPasswordResetPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RequestPasswordResetPayload'] = ResolversParentTypes['RequestPasswordResetPayload']> = {
  requested?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ResetPasswordPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ResetPasswordPayload'] = ResolversParentTypes['ResetPasswordPayload']> = {
  reset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type DeleteAccountPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteAccountPayload'] = ResolversParentTypes['DeleteAccountPayload']> = {
  deletedUserId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type SessionTokensResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SessionTokens'] = ResolversParentTypes['SessionTokens']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refreshTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ServicePrincipalResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServicePrincipal'] = ResolversParentTypes['ServicePrincipal']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  permissions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  audiences?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  credentials?: Resolver<ReadonlyArray<ResolversTypes['ServiceCredential']>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ServiceCredentialResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServiceCredential'] = ResolversParentTypes['ServiceCredential']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keyId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ServicePrincipalConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServicePrincipalConnection'] = ResolversParentTypes['ServicePrincipalConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ServicePrincipalEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ServicePrincipalEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServicePrincipalEdge'] = ResolversParentTypes['ServicePrincipalEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ServicePrincipal'], ParentType, ContextType>;
};

export type PolicyVersionConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyVersionConnection'] = ResolversParentTypes['PolicyVersionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PolicyVersionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PolicyVersionEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyVersionEdge'] = ResolversParentTypes['PolicyVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PolicyVersion'], ParentType, ContextType>;
};

export type PolicyVersionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyVersion'] = ResolversParentTypes['PolicyVersion']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  comment?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PolicyState'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  activatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  activatedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  supersededAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  restores?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PolicySourcesResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicySources'] = ResolversParentTypes['PolicySources']> = {
  schema?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  policies?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DraftPolicyPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DraftPolicyPayload'] = ResolversParentTypes['DraftPolicyPayload']> = {
  policy?: Resolver<ResolversTypes['PolicyVersion'], ParentType, ContextType>;
};

export type ActivatePolicyPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ActivatePolicyPayload'] = ResolversParentTypes['ActivatePolicyPayload']> = {
  policy?: Resolver<ResolversTypes['PolicyVersion'], ParentType, ContextType>;
};

export type RollbackPolicyPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RollbackPolicyPayload'] = ResolversParentTypes['RollbackPolicyPayload']> = {
  policy?: Resolver<ResolversTypes['PolicyVersion'], ParentType, ContextType>;
};

export type PolicySimulationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicySimulation'] = ResolversParentTypes['PolicySimulation']> = {
  decisionCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  newlyAllowedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  newlyDeniedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  differences?: Resolver<ReadonlyArray<ResolversTypes['PolicyDifference']>, ParentType, ContextType>;
};

export type PolicyDifferenceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyDifference'] = ResolversParentTypes['PolicyDifference']> = {
  event?: Resolver<ResolversTypes['AuditEvent'], ParentType, ContextType>;
  isAllowed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  policyIds?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ExplanationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Explanation'] = ResolversParentTypes['Explanation']> = {
  isAllowed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  policies?: Resolver<ReadonlyArray<ResolversTypes['DecidingPolicy']>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['MissingPermission']>, ParentType, ContextType>;
};

export type DecidingPolicyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DecidingPolicy'] = ResolversParentTypes['DecidingPolicy']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MissingPermissionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MissingPermission'] = ResolversParentTypes['MissingPermission']> = {
  permission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  grants?: Resolver<ReadonlyArray<ResolversTypes['PermissionGrant']>, ParentType, ContextType>;
};

export type PermissionGrantResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PermissionGrant'] = ResolversParentTypes['PermissionGrant']> = {
  roleId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  roleName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  groupId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  groupName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PermissionCheckResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PermissionCheck'] = ResolversParentTypes['PermissionCheck']> = {
  isAllowed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AuditEventConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditEventConnection'] = ResolversParentTypes['AuditEventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEventEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditEventEdge'] = ResolversParentTypes['AuditEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEvent'], ParentType, ContextType>;
};

export type AuditEventResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditEvent'] = ResolversParentTypes['AuditEvent']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  service?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['AuditActor'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['AuditResource'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['AuditOutcome'], ParentType, ContextType>;
  policyIds?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  traceId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditActorResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditActor'] = ResolversParentTypes['AuditActor']> = {
  kind?: Resolver<ResolversTypes['AuditActorKind'], ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  actingServiceId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  permissions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditResourceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditResource'] = ResolversParentTypes['AuditResource']> = {
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  attributes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditLogVerificationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditLogVerification'] = ResolversParentTypes['AuditLogVerification']> = {
  isIntact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  firstBroken?: Resolver<Maybe<ResolversTypes['AuditLogBreak']>, ParentType, ContextType>;
  checkedCount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  head?: Resolver<ResolversTypes['AuditLogHead'], ParentType, ContextType>;
};

export type AuditLogHeadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditLogHead'] = ResolversParentTypes['AuditLogHead']> = {
  sequence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditLogBreakResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditLogBreak'] = ResolversParentTypes['AuditLogBreak']> = {
  sequence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fault?: Resolver<ResolversTypes['AuditLogFault'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CreateServicePrincipalPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateServicePrincipalPayload'] = ResolversParentTypes['CreateServicePrincipalPayload']> = {
  servicePrincipal?: Resolver<ResolversTypes['ServicePrincipal'], ParentType, ContextType>;
  clientSecret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RotateServiceSecretPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RotateServiceSecretPayload'] = ResolversParentTypes['RotateServiceSecretPayload']> = {
  servicePrincipal?: Resolver<ResolversTypes['ServicePrincipal'], ParentType, ContextType>;
  clientSecret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DisableServicePrincipalPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DisableServicePrincipalPayload'] = ResolversParentTypes['DisableServicePrincipalPayload']> = {
  servicePrincipal?: Resolver<ResolversTypes['ServicePrincipal'], ParentType, ContextType>;
};

export type MembershipResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Membership'] = ResolversParentTypes['Membership']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  group?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
  joinedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type GroupResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  builtIn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['MembershipConnection']>, ParentType, ContextType, Partial<GroupMembersArgs>>;
  roles?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Role']>>, ParentType, ContextType>;
};

export type RoleResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Role'] = ResolversParentTypes['Role']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  builtIn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  permissions?: Resolver<ReadonlyArray<ResolversTypes['Permission']>, ParentType, ContextType>;
  groups?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Group']>>, ParentType, ContextType>;
};

export type PermissionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Permission'] = ResolversParentTypes['Permission']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type MembershipConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MembershipConnection'] = ResolversParentTypes['MembershipConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MembershipEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MembershipEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MembershipEdge'] = ResolversParentTypes['MembershipEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Membership'], ParentType, ContextType>;
};

export type GroupConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GroupConnection'] = ResolversParentTypes['GroupConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['GroupEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type GroupEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GroupEdge'] = ResolversParentTypes['GroupEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
};

export type RoleConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RoleConnection'] = ResolversParentTypes['RoleConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RoleEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RoleEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RoleEdge'] = ResolversParentTypes['RoleEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type PermissionConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PermissionConnection'] = ResolversParentTypes['PermissionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PermissionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PermissionEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PermissionEdge'] = ResolversParentTypes['PermissionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Permission'], ParentType, ContextType>;
};

export type CreateGroupPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateGroupPayload'] = ResolversParentTypes['CreateGroupPayload']> = {
  group?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
};

export type UpdateGroupPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpdateGroupPayload'] = ResolversParentTypes['UpdateGroupPayload']> = {
  group?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
};

export type DeleteGroupPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteGroupPayload'] = ResolversParentTypes['DeleteGroupPayload']> = {
  deletedGroupId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CreateRolePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateRolePayload'] = ResolversParentTypes['CreateRolePayload']> = {
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type UpdateRolePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpdateRolePayload'] = ResolversParentTypes['UpdateRolePayload']> = {
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type DeleteRolePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteRolePayload'] = ResolversParentTypes['DeleteRolePayload']> = {
  deletedRoleId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type AssignGroupToUserPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AssignGroupToUserPayload'] = ResolversParentTypes['AssignGroupToUserPayload']> = {
  membership?: Resolver<ResolversTypes['Membership'], ParentType, ContextType>;
};

export type RemoveGroupFromUserPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RemoveGroupFromUserPayload'] = ResolversParentTypes['RemoveGroupFromUserPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type AssignRoleToGroupPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AssignRoleToGroupPayload'] = ResolversParentTypes['AssignRoleToGroupPayload']> = {
  group?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
};

export type RemoveRoleFromGroupPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RemoveRoleFromGroupPayload'] = ResolversParentTypes['RemoveRoleFromGroupPayload']> = {
  group?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
};

export type AssignPermissionToRolePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AssignPermissionToRolePayload'] = ResolversParentTypes['AssignPermissionToRolePayload']> = {
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type RemovePermissionFromRolePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RemovePermissionFromRolePayload'] = ResolversParentTypes['RemovePermissionFromRolePayload']> = {
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type EnableUserPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EnableUserPayload'] = ResolversParentTypes['EnableUserPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type DisableUserPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DisableUserPayload'] = ResolversParentTypes['DisableUserPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UpdateUserPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UpdateUserPayload'] = ResolversParentTypes['UpdateUserPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type SigningKeyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SigningKey'] = ResolversParentTypes['SigningKey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SigningKeyState'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RotateSigningKeyPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RotateSigningKeyPayload'] = ResolversParentTypes['RotateSigningKeyPayload']> = {
  signingKeys?: Resolver<ReadonlyArray<ResolversTypes['SigningKey']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  SignUpPayload?: SignUpPayloadResolvers<ContextType>;
  SignInPayload?: SignInPayloadResolvers<ContextType>;
  SignInChallenge?: SignInChallengeResolvers<ContextType>;
  CompleteSignInPayload?: CompleteSignInPayloadResolvers<ContextType>;
  IdentityProvider?: IdentityProviderResolvers<ContextType>;
  FederatedIdentity?: FederatedIdentityResolvers<ContextType>;
  LinkIdentityPayload?: LinkIdentityPayloadResolvers<ContextType>;
  UnlinkIdentityPayload?: UnlinkIdentityPayloadResolvers<ContextType>;
  PasskeyChallenge?: PasskeyChallengeResolvers<ContextType>;
  BeginPasskeyRegistrationPayload?: BeginPasskeyRegistrationPayloadResolvers<ContextType>;
  RegisterPasskeyPayload?: RegisterPasskeyPayloadResolvers<ContextType>;
  RemovePasskeyPayload?: RemovePasskeyPayloadResolvers<ContextType>;
  BeginPasskeySignInPayload?: BeginPasskeySignInPayloadResolvers<ContextType>;
  SignInWithPasskeyPayload?: SignInWithPasskeyPayloadResolvers<ContextType>;
  BeginPasskeyStepUpPayload?: BeginPasskeyStepUpPayloadResolvers<ContextType>;
  StepUpPayload?: StepUpPayloadResolvers<ContextType>;
  EnrolTotpPayload?: EnrolTotpPayloadResolvers<ContextType>;
  ConfirmTotpPayload?: ConfirmTotpPayloadResolvers<ContextType>;
  RemoveTotpPayload?: RemoveTotpPayloadResolvers<ContextType>;
  RegenerateRecoveryCodesPayload?: RegenerateRecoveryCodesPayloadResolvers<ContextType>;
  Factors?: FactorsResolvers<ContextType>;
  Passkey?: PasskeyResolvers<ContextType>;
  RefreshAccessTokenPayload?: RefreshAccessTokenPayloadResolvers<ContextType>;
  SignOutPayload?: SignOutPayloadResolvers<ContextType>;
  EndSessionPayload?: EndSessionPayloadResolvers<ContextType>;
  EndOtherSessionsPayload?: EndOtherSessionsPayloadResolvers<ContextType>;
  SessionConnection?: SessionConnectionResolvers<ContextType>;
  SessionEdge?: SessionEdgeResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  VerifyEmailWithTokenPayload?: VerifyEmailWithTokenPayloadResolvers<ContextType>;
  ResendVerificationEmailPayload?: ResendVerificationEmailPayloadResolvers<ContextType>;
  UpdateProfilePayload?: UpdateProfilePayloadResolvers<ContextType>;
  ChangePasswordPayload?: ChangePasswordPayloadResolvers<ContextType>;
  RequestPasswordResetPayload?: RequestPasswordResetPayloadResolvers<ContextType>;
  ResetPasswordPayload?: ResetPasswordPayloadResolvers<ContextType>;
  DeleteAccountPayload?: DeleteAccountPayloadResolvers<ContextType>;
  SessionTokens?: SessionTokensResolvers<ContextType>;
  ServicePrincipal?: ServicePrincipalResolvers<ContextType>;
  ServiceCredential?: ServiceCredentialResolvers<ContextType>;
  ServicePrincipalConnection?: ServicePrincipalConnectionResolvers<ContextType>;
  ServicePrincipalEdge?: ServicePrincipalEdgeResolvers<ContextType>;
  PolicyVersionConnection?: PolicyVersionConnectionResolvers<ContextType>;
  PolicyVersionEdge?: PolicyVersionEdgeResolvers<ContextType>;
  PolicyVersion?: PolicyVersionResolvers<ContextType>;
  PolicySources?: PolicySourcesResolvers<ContextType>;
  DraftPolicyPayload?: DraftPolicyPayloadResolvers<ContextType>;
  ActivatePolicyPayload?: ActivatePolicyPayloadResolvers<ContextType>;
  RollbackPolicyPayload?: RollbackPolicyPayloadResolvers<ContextType>;
  PolicySimulation?: PolicySimulationResolvers<ContextType>;
  PolicyDifference?: PolicyDifferenceResolvers<ContextType>;
  Explanation?: ExplanationResolvers<ContextType>;
  DecidingPolicy?: DecidingPolicyResolvers<ContextType>;
  MissingPermission?: MissingPermissionResolvers<ContextType>;
  PermissionGrant?: PermissionGrantResolvers<ContextType>;
  PermissionCheck?: PermissionCheckResolvers<ContextType>;
  AuditEventConnection?: AuditEventConnectionResolvers<ContextType>;
  AuditEventEdge?: AuditEventEdgeResolvers<ContextType>;
  AuditEvent?: AuditEventResolvers<ContextType>;
  AuditActor?: AuditActorResolvers<ContextType>;
  AuditResource?: AuditResourceResolvers<ContextType>;
  AuditLogVerification?: AuditLogVerificationResolvers<ContextType>;
  AuditLogHead?: AuditLogHeadResolvers<ContextType>;
  AuditLogBreak?: AuditLogBreakResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  CreateServicePrincipalPayload?: CreateServicePrincipalPayloadResolvers<ContextType>;
  RotateServiceSecretPayload?: RotateServiceSecretPayloadResolvers<ContextType>;
  DisableServicePrincipalPayload?: DisableServicePrincipalPayloadResolvers<ContextType>;
  Membership?: MembershipResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  Role?: RoleResolvers<ContextType>;
  Permission?: PermissionResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  MembershipConnection?: MembershipConnectionResolvers<ContextType>;
  MembershipEdge?: MembershipEdgeResolvers<ContextType>;
  GroupConnection?: GroupConnectionResolvers<ContextType>;
  GroupEdge?: GroupEdgeResolvers<ContextType>;
  RoleConnection?: RoleConnectionResolvers<ContextType>;
  RoleEdge?: RoleEdgeResolvers<ContextType>;
  PermissionConnection?: PermissionConnectionResolvers<ContextType>;
  PermissionEdge?: PermissionEdgeResolvers<ContextType>;
  CreateGroupPayload?: CreateGroupPayloadResolvers<ContextType>;
  UpdateGroupPayload?: UpdateGroupPayloadResolvers<ContextType>;
  DeleteGroupPayload?: DeleteGroupPayloadResolvers<ContextType>;
  CreateRolePayload?: CreateRolePayloadResolvers<ContextType>;
  UpdateRolePayload?: UpdateRolePayloadResolvers<ContextType>;
  DeleteRolePayload?: DeleteRolePayloadResolvers<ContextType>;
  AssignGroupToUserPayload?: AssignGroupToUserPayloadResolvers<ContextType>;
  RemoveGroupFromUserPayload?: RemoveGroupFromUserPayloadResolvers<ContextType>;
  AssignRoleToGroupPayload?: AssignRoleToGroupPayloadResolvers<ContextType>;
  RemoveRoleFromGroupPayload?: RemoveRoleFromGroupPayloadResolvers<ContextType>;
  AssignPermissionToRolePayload?: AssignPermissionToRolePayloadResolvers<ContextType>;
  RemovePermissionFromRolePayload?: RemovePermissionFromRolePayloadResolvers<ContextType>;
  EnableUserPayload?: EnableUserPayloadResolvers<ContextType>;
  DisableUserPayload?: DisableUserPayloadResolvers<ContextType>;
  UpdateUserPayload?: UpdateUserPayloadResolvers<ContextType>;
  SigningKey?: SigningKeyResolvers<ContextType>;
  RotateSigningKeyPayload?: RotateSigningKeyPayloadResolvers<ContextType>;
};
