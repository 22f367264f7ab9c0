import type { Audited } from '@neotool/contracts/events/audit'
import type { AuthenticationLevel } from '@neotool/kit/auth'
import type { EventTables } from '@neotool/kit/events/event-tables'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { ChallengePurpose } from './challenge.ts'
import type { GroupId } from './groups.ts'
import type { PasskeyId } from './passkey.ts'
import type { PolicyState } from './policy-version.ts'
import type { PublicKey } from './public-key.ts'
import type { RoleId } from './roles.ts'
import type { ServicePrincipalId } from './service-principal.ts'
import type { SessionEndReason, SessionId } from './session.ts'
import type { Locale, UserId } from './user.ts'

/** The tables of the security service, as its migrations make them. */
export type Tables = EventTables & {
  users: {
    id: Generated<UserId>
    email: string
    email_normalized: GeneratedAlways<string>
    display_name: string
    password_hash: string | null
    /** Fewer than 15 characters: good only beside a second factor. */
    has_short_password: Generated<boolean>
    locale: Generated<Locale>
    email_verified_at: Generated<Date | null>
    disabled_at: Generated<Date | null>
    version: Generated<number>
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  sent_mails: { user_id: UserId; kind: string; sent_at: Date }
  email_verification_tokens: { user_id: UserId; token_hash: Buffer; expires_at: Date }
  password_reset_tokens: { user_id: UserId; token_hash: Buffer; expires_at: Date }
  totp_factors: {
    user_id: UserId
    sealed_secret: Buffer
    created_at: Date
    confirmed_at: Date | null
    last_used_step: number | null
  }
  recovery_codes: { user_id: UserId; code_hash: Buffer }
  code_attempts: { user_id: UserId; failures: number; locked_until: Date | null }
  passkeys: {
    id: Generated<PasskeyId>
    user_id: UserId
    name: string
    credential_id: Buffer
    public_key: Buffer
    /** bigint: the driver gives it as text. */
    signature_count: ColumnType<string, number, number>
    transports: string[]
    created_at: Date
    last_used_at: Date | null
  }
  challenges: {
    token_hash: Buffer
    purpose: ChallengePurpose
    user_id: UserId | null
    nonce: Buffer
    is_remembered: boolean
    failures: Generated<number>
    expires_at: Date
  }
  rights_version: { only_one: Generated<boolean>; version: number }
  permissions: { name: string; description: string }
  roles: NamedTable<RoleId>
  role_permissions: { role_id: RoleId; permission: string }
  group_roles: { group_id: GroupId; role_id: RoleId }
  federated_identities: { issuer: string; subject: string; user_id: UserId; linked_at: Date }
  used_id_tokens: { token_hash: Buffer; expires_at: Date }
  group_members: { group_id: GroupId; user_id: UserId; joined_at: Generated<Date>; ends_at: Generated<Date | null> }
  groups: NamedTable<GroupId>
  sessions: {
    id: Generated<SessionId>
    user_id: UserId
    created_at: Date
    last_used_at: Date
    expires_at: Date
    ended_at: Date | null
    end_reason: SessionEndReason | null
    authenticated_at: Date
    authentication_level: Generated<AuthenticationLevel>
    address: string | null
    user_agent: string | null
    is_remembered: Generated<boolean>
  }
  rate_limits: { key: string; points: Generated<number>; expire: string | null }
  sign_in_failures: { key: string; failures: number; locked_until: Date | null; forgotten_at: Date }
  service_principals: {
    id: Generated<ServicePrincipalId>
    name: string
    audiences: string[]
    created_by: string
    created_at: Date
    disabled_at: Date | null
  }
  service_principal_permissions: { service_principal_id: ServicePrincipalId; permission: string }
  service_credentials: {
    id: Generated<string>
    service_principal_id: ServicePrincipalId
    secret_hash: Buffer | null
    public_key: ColumnType<PublicKey | null, string | null>
    created_at: Date
    expires_at: Date | null
  }
  used_assertions: { service_principal_id: ServicePrincipalId; assertion_hash: Buffer; expires_at: Date }
  policy_versions: {
    id: Generated<string>
    number: number
    text: string
    comment: string
    author_id: string
    created_at: Date
    restores: number | null
    state: Generated<PolicyState>
    activation: number | null
    activated_at: Date | null
    activated_by_id: string | null
    superseded_at: Date | null
  }
  audit_log: {
    sequence: ColumnType<string, number, never>
    event_id: string
    service: string
    occurred_at: Date
    actor: ColumnType<Audited['actor'], string, never>
    actor_id: GeneratedAlways<string | null>
    action: string
    resource: ColumnType<Audited['resource'], string, never>
    resource_type: GeneratedAlways<string>
    resource_id: GeneratedAlways<string | null>
    outcome: Audited['outcome']
    policy_ids: ColumnType<readonly string[], string, never>
    reason: string | null
    trace_id: string | null
    previous_hash: Buffer
    hash: Buffer
  }
  audit_head: {
    only_one: Generated<boolean>
    sequence: ColumnType<string, never, number>
    hash: Buffer
    seal: string | null
  }
  refresh_tokens: { token_hash: Buffer; session_id: SessionId; expires_at: Date; used_at: Date | null }
}

type NamedTable<Id> = {
  id: Generated<Id>
  name: string
  description: string
  version: Generated<number>
  created_at: Generated<Date>
}
