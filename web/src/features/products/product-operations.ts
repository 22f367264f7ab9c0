import 'server-only'
import { graphql } from '#generated/gql.ts'

export const productsQuery = graphql(`
  query Products(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $query: String
    $orderBy: ProductOrder
  ) {
    products(first: $first, after: $after, last: $last, before: $before, query: $query, orderBy: $orderBy) {
      edges { node { id name sku priceCents stock version createdAt } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`)

export const productQuery = graphql(`
  query Product($id: ID!) {
    product(id: $id) { id name sku priceCents stock version createdAt updatedAt createdBy { displayName } }
  }
`)

export const createProductMutation = graphql(`
  mutation CreateProduct($input: CreateProductInput!) {
    createProduct(input: $input) { product { id name sku priceCents stock version } }
  }
`)

export const updateProductMutation = graphql(`
  mutation UpdateProduct($input: UpdateProductInput!) {
    updateProduct(input: $input) { product { id name sku priceCents stock version } }
  }
`)

export const deleteProductMutation = graphql(`
  mutation DeleteProduct($input: DeleteProductInput!) {
    deleteProduct(input: $input) { deletedProductId }
  }
`)
