import 'server-only'
import { graphql } from '#generated/gql.ts'

export const customersQuery = graphql(`
  query Customers(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $query: String
    $orderBy: CustomerOrder
  ) {
    customers(first: $first, after: $after, last: $last, before: $before, query: $query, orderBy: $orderBy) {
      edges { node { id name email status version createdAt } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`)

export const customerQuery = graphql(`
  query Customer($id: ID!) {
    customer(id: $id) { id name email status version createdAt updatedAt createdBy { displayName } }
  }
`)

export const createCustomerMutation = graphql(`
  mutation CreateCustomer($input: CreateCustomerInput!) {
    createCustomer(input: $input) { customer { id name email status version } }
  }
`)

export const updateCustomerMutation = graphql(`
  mutation UpdateCustomer($input: UpdateCustomerInput!) {
    updateCustomer(input: $input) { customer { id name email status version } }
  }
`)

export const deleteCustomerMutation = graphql(`
  mutation DeleteCustomer($input: DeleteCustomerInput!) {
    deleteCustomer(input: $input) { deletedCustomerId }
  }
`)
