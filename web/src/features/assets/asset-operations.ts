import 'server-only'
import { graphql } from '#generated/gql.ts'

export const productImagesQuery = graphql(`
  query ProductImages($id: ID!) {
    product(id: $id) { images(first: 100) { id fileName url createdBy { id } } }
  }
`)

export const createAssetUploadMutation = graphql(`
  mutation CreateAssetUpload($input: CreateAssetUploadInput!) {
    createAssetUpload(input: $input) { asset { id } upload { url headers { name value } } }
  }
`)

export const confirmAssetUploadMutation = graphql(`
  mutation ConfirmAssetUpload($input: ConfirmAssetUploadInput!) {
    confirmAssetUpload(input: $input) { asset { id status } }
  }
`)

export const deleteAssetMutation = graphql(`
  mutation DeleteAsset($input: DeleteAssetInput!) {
    deleteAsset(input: $input) { deletedAssetId }
  }
`)
