/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type ActivityKind =
  | 'PRODUCT_CREATED'
  | 'PRODUCT_DELETED'
  | 'PRODUCT_UPDATED';

export type AssetStatus =
  /** What was uploaded was refused; begin another upload. */
  | 'FAILED'
  /** The upload has begun and is not confirmed. */
  | 'PENDING'
  /** Its bytes are there and are what they were said to be. */
  | 'READY';

/** Exactly one of the answers. */
export type CompleteSignInInput = {
  /** The token of the challenge. */
  readonly challenge: string;
  /** What `navigator.credentials.get` gave for passkeyOptions, as JSON by its `toJSON()`. */
  readonly passkey?: string | null | undefined;
  readonly recoveryCode?: string | null | undefined;
  /** Six digits. */
  readonly totpCode?: string | null | undefined;
};

export type ConfirmAssetUploadInput = {
  readonly id: string;
};

export type CreateAssetUploadInput = {
  /** `image/jpeg`, `image/png` or `image/webp`. */
  readonly contentType: string;
  /** 1 to 200 characters. */
  readonly fileName: string;
  readonly productId: string;
  /** The SHA-256 of the bytes, in base64. */
  readonly sha256: string;
  /** 1 to 10,485,760 (10 MiB). */
  readonly sizeBytes: number;
};

export type CreateCustomerInput = {
  readonly email: string;
  /** 1 to 200 characters. */
  readonly name: string;
  readonly status?: CustomerStatus | null | undefined;
};

export type CreateProductInput = {
  /** 1 to 200 characters. */
  readonly name: string;
  /** 0 to 2,147,483,647. */
  readonly priceCents: number;
  /** 1 to 64 of A–Z, 0–9, dot, dash and underscore; small letters are raised. */
  readonly sku: string;
  /** 0 to 2,147,483,647. */
  readonly stock?: number | null | undefined;
};

export type CustomerOrder = {
  readonly direction?: OrderDirection | null | undefined;
  readonly field: CustomerOrderField;
};

export type CustomerOrderField =
  | 'CREATED_AT'
  | 'EMAIL'
  | 'NAME'
  | 'STATUS';

export type CustomerStatus =
  | 'ACTIVE'
  | 'INACTIVE'
  | 'PENDING';

export type DeleteAssetInput = {
  readonly id: string;
};

export type DeleteConversationInput = {
  readonly id: string;
};

export type DeleteCustomerInput = {
  readonly id: string;
  readonly version: number;
};

export type DeleteProductInput = {
  readonly id: string;
  readonly version: number;
};

export type Locale =
  | 'EN'
  | 'PT';

export type MessageRole =
  | 'ASSISTANT'
  | 'USER';

export type OrderDirection =
  | 'ASC'
  | 'DESC';

export type ProductOrder = {
  readonly direction?: OrderDirection | null | undefined;
  readonly field: ProductOrderField;
};

export type ProductOrderField =
  | 'CREATED_AT'
  | 'NAME'
  | 'PRICE'
  | 'SKU'
  | 'STOCK';

export type RefreshAccessTokenInput = {
  readonly refreshToken: string;
};

export type SendMessageInput = {
  readonly conversationId: string;
  /** 1 to 4,000 characters; line breaks are kept. */
  readonly text: string;
};

export type SignInInput = {
  readonly email: string;
  readonly password: string;
  /** Stay signed in for 30 days on this device, however seldom it is used; otherwise the session ends after a day without use. */
  readonly rememberMe?: boolean | null | undefined;
};

export type SignInWithOAuthInput = {
  /** As the provider gave it, for one of the client ids that are configured here. */
  readonly idToken: string;
  /** The random text that the token was asked for with; whoever asks makes it, anew each time. */
  readonly nonce: string;
  /** One of identityProviders. */
  readonly providerId: string;
  /** Whether the session lasts 30 days without use, else one day. */
  readonly rememberMe?: boolean | null | undefined;
};

export type SignOutInput = {
  readonly refreshToken: string;
};

export type SignUpInput = {
  /** 1 to 100 characters. */
  readonly displayName: string;
  /** Compared without regard to case. */
  readonly email: string;
  /** The language of mails to this person. */
  readonly locale?: Locale | null | undefined;
  /** 15 to 128 characters, no rule about which; not one of the passwords that everybody tries first, nor one's e-mail or name. */
  readonly password: string;
};

/** What is left out stays as it is. */
export type UpdateCustomerInput = {
  readonly email?: string | null | undefined;
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly status?: CustomerStatus | null | undefined;
  /** The version that the change is based on. */
  readonly version: number;
};

/** What is left out stays as it is. */
export type UpdateProductInput = {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly priceCents?: number | null | undefined;
  readonly sku?: string | null | undefined;
  readonly stock?: number | null | undefined;
  /** The version that the change is based on. */
  readonly version: number;
};

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { readonly signUp: { readonly email: string } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { readonly signIn: { readonly session: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string } | null, readonly challenge: { readonly token: string } | null } };

export type CompleteSignInMutationVariables = Exact<{
  input: CompleteSignInInput;
}>;


export type CompleteSignInMutation = { readonly completeSignIn: { readonly session: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string } } };

export type SignOutMutationVariables = Exact<{
  input: SignOutInput;
}>;


export type SignOutMutation = { readonly signOut: { readonly signedOut: boolean } };

export type VerifyEmailMutationVariables = Exact<{
  token: string;
}>;


export type VerifyEmailMutation = { readonly verifyEmailWithToken: { readonly verified: boolean } };

export type ResendVerificationEmailMutationVariables = Exact<{ [key: string]: never; }>;


export type ResendVerificationEmailMutation = { readonly resendVerificationEmail: { readonly requested: boolean } };

export type ActivityQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  productId?: string | null | undefined;
}>;


export type ActivityQuery = { readonly activity: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly kind: ActivityKind, readonly productId: string, readonly productName: string, readonly changed: ReadonlyArray<string>, readonly occurredAt: string, readonly product: { readonly id: string } | null, readonly actor: { readonly displayName: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null };

export type ProductImagesQueryVariables = Exact<{
  id: string;
}>;


export type ProductImagesQuery = { readonly product: { readonly images: ReadonlyArray<{ readonly id: string, readonly fileName: string, readonly url: string | null, readonly createdBy: { readonly id: string } | null }> | null } | null };

export type CreateAssetUploadMutationVariables = Exact<{
  input: CreateAssetUploadInput;
}>;


export type CreateAssetUploadMutation = { readonly createAssetUpload: { readonly asset: { readonly id: string }, readonly upload: { readonly url: string, readonly headers: ReadonlyArray<{ readonly name: string, readonly value: string }> } } };

export type ConfirmAssetUploadMutationVariables = Exact<{
  input: ConfirmAssetUploadInput;
}>;


export type ConfirmAssetUploadMutation = { readonly confirmAssetUpload: { readonly asset: { readonly id: string, readonly status: AssetStatus } } };

export type DeleteAssetMutationVariables = Exact<{
  input: DeleteAssetInput;
}>;


export type DeleteAssetMutation = { readonly deleteAsset: { readonly deletedAssetId: string } };

export type ConversationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ConversationsQuery = { readonly conversations: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly title: string | null, readonly createdAt: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null };

export type ConversationQueryVariables = Exact<{
  id: string;
  last: number;
  before?: string | null | undefined;
}>;


export type ConversationQuery = { readonly conversation: { readonly id: string, readonly title: string | null, readonly messages: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly role: MessageRole, readonly text: string, readonly createdAt: string, readonly products: ReadonlyArray<{ readonly id: string, readonly name: string } | null> } }>, readonly pageInfo: { readonly hasPreviousPage: boolean, readonly startCursor: string | null } } } | null };

export type CreateConversationMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateConversationMutation = { readonly createConversation: { readonly conversation: { readonly id: string } } };

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMessageMutation = { readonly sendMessage: { readonly message: { readonly id: string }, readonly reply: { readonly id: string } | null } };

export type DeleteConversationMutationVariables = Exact<{
  input: DeleteConversationInput;
}>;


export type DeleteConversationMutation = { readonly deleteConversation: { readonly deletedConversationId: string } };

export type CustomersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  query?: string | null | undefined;
  orderBy?: CustomerOrder | null | undefined;
}>;


export type CustomersQuery = { readonly customers: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly email: string, readonly status: CustomerStatus, readonly version: number, readonly createdAt: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null };

export type CustomerQueryVariables = Exact<{
  id: string;
}>;


export type CustomerQuery = { readonly customer: { readonly id: string, readonly name: string, readonly email: string, readonly status: CustomerStatus, readonly version: number, readonly createdAt: string, readonly updatedAt: string, readonly createdBy: { readonly displayName: string } | null } | null };

export type CreateCustomerMutationVariables = Exact<{
  input: CreateCustomerInput;
}>;


export type CreateCustomerMutation = { readonly createCustomer: { readonly customer: { readonly id: string, readonly name: string, readonly email: string, readonly status: CustomerStatus, readonly version: number } } };

export type UpdateCustomerMutationVariables = Exact<{
  input: UpdateCustomerInput;
}>;


export type UpdateCustomerMutation = { readonly updateCustomer: { readonly customer: { readonly id: string, readonly name: string, readonly email: string, readonly status: CustomerStatus, readonly version: number } } };

export type DeleteCustomerMutationVariables = Exact<{
  input: DeleteCustomerInput;
}>;


export type DeleteCustomerMutation = { readonly deleteCustomer: { readonly deletedCustomerId: string } };

export type SignInWithOAuthMutationVariables = Exact<{
  input: SignInWithOAuthInput;
}>;


export type SignInWithOAuthMutation = { readonly signInWithOAuth: { readonly session: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string } | null, readonly challenge: { readonly token: string } | null } };

export type ProductsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  query?: string | null | undefined;
  orderBy?: ProductOrder | null | undefined;
}>;


export type ProductsQuery = { readonly products: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string, readonly sku: string, readonly priceCents: number, readonly stock: number, readonly version: number, readonly createdAt: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null };

export type ProductQueryVariables = Exact<{
  id: string;
}>;


export type ProductQuery = { readonly product: { readonly id: string, readonly name: string, readonly sku: string, readonly priceCents: number, readonly stock: number, readonly version: number, readonly createdAt: string, readonly updatedAt: string, readonly createdBy: { readonly displayName: string } | null } | null };

export type CreateProductMutationVariables = Exact<{
  input: CreateProductInput;
}>;


export type CreateProductMutation = { readonly createProduct: { readonly product: { readonly id: string, readonly name: string, readonly sku: string, readonly priceCents: number, readonly stock: number, readonly version: number } } };

export type UpdateProductMutationVariables = Exact<{
  input: UpdateProductInput;
}>;


export type UpdateProductMutation = { readonly updateProduct: { readonly product: { readonly id: string, readonly name: string, readonly sku: string, readonly priceCents: number, readonly stock: number, readonly version: number } } };

export type DeleteProductMutationVariables = Exact<{
  input: DeleteProductInput;
}>;


export type DeleteProductMutation = { readonly deleteProduct: { readonly deletedProductId: string } };

export type RefreshAccessTokenMutationVariables = Exact<{
  input: RefreshAccessTokenInput;
}>;


export type RefreshAccessTokenMutation = { readonly refreshAccessToken: { readonly session: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string } } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly currentUser: { readonly id: string, readonly displayName: string, readonly email: string | null, readonly permissions: ReadonlyArray<string> | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const SignUpDocument = new TypedDocumentString(`
    mutation SignUp($input: SignUpInput!) {
  signUp(input: $input) {
    email
  }
}
    `) as unknown as TypedDocumentString<SignUpMutation, SignUpMutationVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    session {
      accessToken
      accessTokenExpiresAt
      refreshToken
      refreshTokenExpiresAt
    }
    challenge {
      token
    }
  }
}
    `) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const CompleteSignInDocument = new TypedDocumentString(`
    mutation CompleteSignIn($input: CompleteSignInInput!) {
  completeSignIn(input: $input) {
    session {
      accessToken
      accessTokenExpiresAt
      refreshToken
      refreshTokenExpiresAt
    }
  }
}
    `) as unknown as TypedDocumentString<CompleteSignInMutation, CompleteSignInMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut($input: SignOutInput!) {
  signOut(input: $input) {
    signedOut
  }
}
    `) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const VerifyEmailDocument = new TypedDocumentString(`
    mutation VerifyEmail($token: String!) {
  verifyEmailWithToken(input: {token: $token}) {
    verified
  }
}
    `) as unknown as TypedDocumentString<VerifyEmailMutation, VerifyEmailMutationVariables>;
export const ResendVerificationEmailDocument = new TypedDocumentString(`
    mutation ResendVerificationEmail {
  resendVerificationEmail {
    requested
  }
}
    `) as unknown as TypedDocumentString<ResendVerificationEmailMutation, ResendVerificationEmailMutationVariables>;
export const ActivityDocument = new TypedDocumentString(`
    query Activity($first: Int, $after: String, $last: Int, $before: String, $productId: ID) {
  activity(
    first: $first
    after: $after
    last: $last
    before: $before
    productId: $productId
  ) {
    edges {
      node {
        id
        kind
        productId
        productName
        changed
        occurredAt
        product {
          id
        }
        actor {
          displayName
        }
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ActivityQuery, ActivityQueryVariables>;
export const ProductImagesDocument = new TypedDocumentString(`
    query ProductImages($id: ID!) {
  product(id: $id) {
    images(first: 100) {
      id
      fileName
      url
      createdBy {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ProductImagesQuery, ProductImagesQueryVariables>;
export const CreateAssetUploadDocument = new TypedDocumentString(`
    mutation CreateAssetUpload($input: CreateAssetUploadInput!) {
  createAssetUpload(input: $input) {
    asset {
      id
    }
    upload {
      url
      headers {
        name
        value
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateAssetUploadMutation, CreateAssetUploadMutationVariables>;
export const ConfirmAssetUploadDocument = new TypedDocumentString(`
    mutation ConfirmAssetUpload($input: ConfirmAssetUploadInput!) {
  confirmAssetUpload(input: $input) {
    asset {
      id
      status
    }
  }
}
    `) as unknown as TypedDocumentString<ConfirmAssetUploadMutation, ConfirmAssetUploadMutationVariables>;
export const DeleteAssetDocument = new TypedDocumentString(`
    mutation DeleteAsset($input: DeleteAssetInput!) {
  deleteAsset(input: $input) {
    deletedAssetId
  }
}
    `) as unknown as TypedDocumentString<DeleteAssetMutation, DeleteAssetMutationVariables>;
export const ConversationsDocument = new TypedDocumentString(`
    query Conversations($first: Int, $after: String, $last: Int, $before: String) {
  conversations(first: $first, after: $after, last: $last, before: $before) {
    edges {
      node {
        id
        title
        createdAt
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ConversationsQuery, ConversationsQueryVariables>;
export const ConversationDocument = new TypedDocumentString(`
    query Conversation($id: ID!, $last: Int!, $before: String) {
  conversation(id: $id) {
    id
    title
    messages(last: $last, before: $before) {
      edges {
        node {
          id
          role
          text
          createdAt
          products {
            id
            name
          }
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ConversationQuery, ConversationQueryVariables>;
export const CreateConversationDocument = new TypedDocumentString(`
    mutation CreateConversation {
  createConversation {
    conversation {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<CreateConversationMutation, CreateConversationMutationVariables>;
export const SendMessageDocument = new TypedDocumentString(`
    mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    message {
      id
    }
    reply {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<SendMessageMutation, SendMessageMutationVariables>;
export const DeleteConversationDocument = new TypedDocumentString(`
    mutation DeleteConversation($input: DeleteConversationInput!) {
  deleteConversation(input: $input) {
    deletedConversationId
  }
}
    `) as unknown as TypedDocumentString<DeleteConversationMutation, DeleteConversationMutationVariables>;
export const CustomersDocument = new TypedDocumentString(`
    query Customers($first: Int, $after: String, $last: Int, $before: String, $query: String, $orderBy: CustomerOrder) {
  customers(
    first: $first
    after: $after
    last: $last
    before: $before
    query: $query
    orderBy: $orderBy
  ) {
    edges {
      node {
        id
        name
        email
        status
        version
        createdAt
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<CustomersQuery, CustomersQueryVariables>;
export const CustomerDocument = new TypedDocumentString(`
    query Customer($id: ID!) {
  customer(id: $id) {
    id
    name
    email
    status
    version
    createdAt
    updatedAt
    createdBy {
      displayName
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerQuery, CustomerQueryVariables>;
export const CreateCustomerDocument = new TypedDocumentString(`
    mutation CreateCustomer($input: CreateCustomerInput!) {
  createCustomer(input: $input) {
    customer {
      id
      name
      email
      status
      version
    }
  }
}
    `) as unknown as TypedDocumentString<CreateCustomerMutation, CreateCustomerMutationVariables>;
export const UpdateCustomerDocument = new TypedDocumentString(`
    mutation UpdateCustomer($input: UpdateCustomerInput!) {
  updateCustomer(input: $input) {
    customer {
      id
      name
      email
      status
      version
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateCustomerMutation, UpdateCustomerMutationVariables>;
export const DeleteCustomerDocument = new TypedDocumentString(`
    mutation DeleteCustomer($input: DeleteCustomerInput!) {
  deleteCustomer(input: $input) {
    deletedCustomerId
  }
}
    `) as unknown as TypedDocumentString<DeleteCustomerMutation, DeleteCustomerMutationVariables>;
export const SignInWithOAuthDocument = new TypedDocumentString(`
    mutation SignInWithOAuth($input: SignInWithOAuthInput!) {
  signInWithOAuth(input: $input) {
    session {
      accessToken
      accessTokenExpiresAt
      refreshToken
      refreshTokenExpiresAt
    }
    challenge {
      token
    }
  }
}
    `) as unknown as TypedDocumentString<SignInWithOAuthMutation, SignInWithOAuthMutationVariables>;
export const ProductsDocument = new TypedDocumentString(`
    query Products($first: Int, $after: String, $last: Int, $before: String, $query: String, $orderBy: ProductOrder) {
  products(
    first: $first
    after: $after
    last: $last
    before: $before
    query: $query
    orderBy: $orderBy
  ) {
    edges {
      node {
        id
        name
        sku
        priceCents
        stock
        version
        createdAt
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<ProductsQuery, ProductsQueryVariables>;
export const ProductDocument = new TypedDocumentString(`
    query Product($id: ID!) {
  product(id: $id) {
    id
    name
    sku
    priceCents
    stock
    version
    createdAt
    updatedAt
    createdBy {
      displayName
    }
  }
}
    `) as unknown as TypedDocumentString<ProductQuery, ProductQueryVariables>;
export const CreateProductDocument = new TypedDocumentString(`
    mutation CreateProduct($input: CreateProductInput!) {
  createProduct(input: $input) {
    product {
      id
      name
      sku
      priceCents
      stock
      version
    }
  }
}
    `) as unknown as TypedDocumentString<CreateProductMutation, CreateProductMutationVariables>;
export const UpdateProductDocument = new TypedDocumentString(`
    mutation UpdateProduct($input: UpdateProductInput!) {
  updateProduct(input: $input) {
    product {
      id
      name
      sku
      priceCents
      stock
      version
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateProductMutation, UpdateProductMutationVariables>;
export const DeleteProductDocument = new TypedDocumentString(`
    mutation DeleteProduct($input: DeleteProductInput!) {
  deleteProduct(input: $input) {
    deletedProductId
  }
}
    `) as unknown as TypedDocumentString<DeleteProductMutation, DeleteProductMutationVariables>;
export const RefreshAccessTokenDocument = new TypedDocumentString(`
    mutation RefreshAccessToken($input: RefreshAccessTokenInput!) {
  refreshAccessToken(input: $input) {
    session {
      accessToken
      accessTokenExpiresAt
      refreshToken
      refreshTokenExpiresAt
    }
  }
}
    `) as unknown as TypedDocumentString<RefreshAccessTokenMutation, RefreshAccessTokenMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  currentUser {
    id
    displayName
    email
    permissions
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;