import 'server-only'
import { graphql } from '#generated/gql.ts'

export const activityQuery = graphql(`
  query Activity($first: Int, $after: String, $last: Int, $before: String, $productId: ID) {
    activity(first: $first, after: $after, last: $last, before: $before, productId: $productId) {
      edges { node { id kind productId productName changed occurredAt product { id } actor { displayName } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`)
