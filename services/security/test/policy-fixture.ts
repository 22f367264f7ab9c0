import { readPolicies } from '@neotool/contracts/policies'
import { dataOf } from '@neotool/testkit/graphql-client'
import { ADMINISTRATORS } from '../src/groups.ts'
import { userId } from '../src/user.ts'
import { type Person, REFRESH, type SecurityFixture, startSecurity } from './security-fixture.ts'

export type Version = {
  readonly number: number
  readonly state: string
  readonly text: string
  readonly restores: number | null
  readonly author: { readonly id: string } | null
}

export const VERSION = 'policy { number state text restores comment author { id } activatedBy { id } }'
export const DRAFT = `mutation ($input: DraftPolicyInput!) { draftPolicy(input: $input) { ${VERSION} } }`
export const LIST = `query ($state: PolicyState) { policies(state: $state) { edges { node { number state } } } }`
export const SIMULATE = `query ($number: Int!, $days: Int) { simulatePolicy(number: $number, days: $days) {
  decisionCount newlyAllowedCount newlyDeniedCount isComplete
  differences { event { action actor { id } } isAllowed policyIds }
} }`
export const EXPLAIN = `query ($userId: ID!, $action: String!, $resource: PolicyResourceInput!) {
  explain(userId: $userId, action: $action, resource: $resource) {
    isAllowed policies { id text } missing { permission grants { roleName groupName } }
  }
}`
export const CHECK = `query ($action: String!, $resource: PolicyResourceInput!) {
  checkPermission(action: $action, resource: $resource) { isAllowed }
}`

/** The policies that the release has built in. */
export const base = (await readPolicies()).policies

/** Other policies than the built-in ones: by the one of this name nobody may delete a product. */
export const variant = (name: string): string =>
  `${base}\n@id("${name}") forbid (principal, action == Action::"app:product:delete", resource);`

/** Why it was refused; undefined where it was not. */
export const reasonOf = ({ errors }: { errors: readonly { extensions: { reason: string } }[] }) =>
  errors[0]?.extensions.reason

/** Somebody of the administrators' group, who signed in so many minutes ago. */
export const newAdministrator = async (fixture: SecurityFixture, { signedInMinutesAgo = 0 } = {}): Promise<Person> => {
  const person = await fixture.newPerson()
  await fixture.database
    .updateTable('sessions')
    .set({ authenticated_at: new Date(fixture.now().getTime() - signedInMinutesAgo * 60_000) })
    .where('user_id', '=', userId.parse(person.userId))
    .execute()
  const row = { group_id: ADMINISTRATORS, user_id: userId.parse(person.userId) }
  await fixture.database.insertInto('group_members').values(row).execute()
  const answer = await fixture.send<{ refreshAccessToken: { session: { accessToken: string } } }>(REFRESH, {
    token: person.refreshToken,
  })
  return { ...person, token: dataOf(answer).refreshAccessToken.session.accessToken }
}

/** What an administrator does with versions of the policies. */
const policyAuthor = (fixture: SecurityFixture, administrator: Person) => {
  const sendDraft = (text: string, actor: { token: string } | undefined = administrator) =>
    fixture.send<{ draftPolicy: { policy: Version } }>(DRAFT, { input: { text, comment: 'Because' } }, actor)
  const draft = async (text: string): Promise<number> => dataOf(await sendDraft(text)).draftPolicy.policy.number
  const states = async (state?: string) => {
    const answer = await fixture.send<{ policies: { edges: { node: Version }[] } }>(LIST, { state }, administrator)
    return dataOf(answer).policies.edges.map(({ node }) => [node.number, node.state])
  }
  return { sendDraft, draft, states }
}

export type PolicyAuthor = ReturnType<typeof policyAuthor>

/** Security with a member, and with an administrator who writes policies. */
export const startPolicies = async () => {
  const fixture = await startSecurity()
  const member = await fixture.newPerson()
  const administrator = await newAdministrator(fixture)
  return { fixture, member, administrator, author: policyAuthor(fixture, administrator) }
}
