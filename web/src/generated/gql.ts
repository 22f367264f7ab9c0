/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) { email }\n  }\n": typeof types.SignUpDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n      challenge { token }\n    }\n  }\n": typeof types.SignInDocument,
    "\n  mutation CompleteSignIn($input: CompleteSignInInput!) {\n    completeSignIn(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n    }\n  }\n": typeof types.CompleteSignInDocument,
    "\n  mutation SignOut($input: SignOutInput!) {\n    signOut(input: $input) { signedOut }\n  }\n": typeof types.SignOutDocument,
    "\n  mutation VerifyEmail($token: String!) {\n    verifyEmailWithToken(input: { token: $token }) { verified }\n  }\n": typeof types.VerifyEmailDocument,
    "\n  mutation ResendVerificationEmail {\n    resendVerificationEmail { requested }\n  }\n": typeof types.ResendVerificationEmailDocument,
    "\n  query Activity($first: Int, $after: String, $last: Int, $before: String, $productId: ID) {\n    activity(first: $first, after: $after, last: $last, before: $before, productId: $productId) {\n      edges { node { id kind productId productName changed occurredAt product { id } actor { displayName } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": typeof types.ActivityDocument,
    "\n  query ProductImages($id: ID!) {\n    product(id: $id) { images(first: 100) { id fileName url createdBy { id } } }\n  }\n": typeof types.ProductImagesDocument,
    "\n  mutation CreateAssetUpload($input: CreateAssetUploadInput!) {\n    createAssetUpload(input: $input) { asset { id } upload { url headers { name value } } }\n  }\n": typeof types.CreateAssetUploadDocument,
    "\n  mutation ConfirmAssetUpload($input: ConfirmAssetUploadInput!) {\n    confirmAssetUpload(input: $input) { asset { id status } }\n  }\n": typeof types.ConfirmAssetUploadDocument,
    "\n  mutation DeleteAsset($input: DeleteAssetInput!) {\n    deleteAsset(input: $input) { deletedAssetId }\n  }\n": typeof types.DeleteAssetDocument,
    "\n  query Conversations($first: Int, $after: String, $last: Int, $before: String) {\n    conversations(first: $first, after: $after, last: $last, before: $before) {\n      edges { node { id title createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": typeof types.ConversationsDocument,
    "\n  query Conversation($id: ID!, $last: Int!, $before: String) {\n    conversation(id: $id) {\n      id\n      title\n      messages(last: $last, before: $before) {\n        edges { node { id role text createdAt products { id name } } }\n        pageInfo { hasPreviousPage startCursor }\n      }\n    }\n  }\n": typeof types.ConversationDocument,
    "\n  mutation CreateConversation {\n    createConversation { conversation { id } }\n  }\n": typeof types.CreateConversationDocument,
    "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) { message { id } reply { id } }\n  }\n": typeof types.SendMessageDocument,
    "\n  mutation DeleteConversation($input: DeleteConversationInput!) {\n    deleteConversation(input: $input) { deletedConversationId }\n  }\n": typeof types.DeleteConversationDocument,
    "\n  query Customers(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $query: String\n    $orderBy: CustomerOrder\n  ) {\n    customers(first: $first, after: $after, last: $last, before: $before, query: $query, orderBy: $orderBy) {\n      edges { node { id name email status version createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n": typeof types.CustomersDocument,
    "\n  query Customer($id: ID!) {\n    customer(id: $id) { id name email status version createdAt updatedAt createdBy { displayName } }\n  }\n": typeof types.CustomerDocument,
    "\n  mutation CreateCustomer($input: CreateCustomerInput!) {\n    createCustomer(input: $input) { customer { id name email status version } }\n  }\n": typeof types.CreateCustomerDocument,
    "\n  mutation UpdateCustomer($input: UpdateCustomerInput!) {\n    updateCustomer(input: $input) { customer { id name email status version } }\n  }\n": typeof types.UpdateCustomerDocument,
    "\n  mutation DeleteCustomer($input: DeleteCustomerInput!) {\n    deleteCustomer(input: $input) { deletedCustomerId }\n  }\n": typeof types.DeleteCustomerDocument,
    "\n  mutation SignInWithOAuth($input: SignInWithOAuthInput!) {\n    signInWithOAuth(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n      challenge { token }\n    }\n  }\n": typeof types.SignInWithOAuthDocument,
    "\n  query Products(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $query: String\n    $orderBy: ProductOrder\n  ) {\n    products(first: $first, after: $after, last: $last, before: $before, query: $query, orderBy: $orderBy) {\n      edges { node { id name sku priceCents stock version createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n": typeof types.ProductsDocument,
    "\n  query Product($id: ID!) {\n    product(id: $id) { id name sku priceCents stock version createdAt updatedAt createdBy { displayName } }\n  }\n": typeof types.ProductDocument,
    "\n  mutation CreateProduct($input: CreateProductInput!) {\n    createProduct(input: $input) { product { id name sku priceCents stock version } }\n  }\n": typeof types.CreateProductDocument,
    "\n  mutation UpdateProduct($input: UpdateProductInput!) {\n    updateProduct(input: $input) { product { id name sku priceCents stock version } }\n  }\n": typeof types.UpdateProductDocument,
    "\n  mutation DeleteProduct($input: DeleteProductInput!) {\n    deleteProduct(input: $input) { deletedProductId }\n  }\n": typeof types.DeleteProductDocument,
    "\n  mutation RefreshAccessToken($input: RefreshAccessTokenInput!) {\n    refreshAccessToken(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n    }\n  }\n": typeof types.RefreshAccessTokenDocument,
    "\n  query Viewer {\n    currentUser { id displayName email permissions }\n  }\n": typeof types.ViewerDocument,
};
const documents: Documents = {
    "\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) { email }\n  }\n": types.SignUpDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n      challenge { token }\n    }\n  }\n": types.SignInDocument,
    "\n  mutation CompleteSignIn($input: CompleteSignInInput!) {\n    completeSignIn(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n    }\n  }\n": types.CompleteSignInDocument,
    "\n  mutation SignOut($input: SignOutInput!) {\n    signOut(input: $input) { signedOut }\n  }\n": types.SignOutDocument,
    "\n  mutation VerifyEmail($token: String!) {\n    verifyEmailWithToken(input: { token: $token }) { verified }\n  }\n": types.VerifyEmailDocument,
    "\n  mutation ResendVerificationEmail {\n    resendVerificationEmail { requested }\n  }\n": types.ResendVerificationEmailDocument,
    "\n  query Activity($first: Int, $after: String, $last: Int, $before: String, $productId: ID) {\n    activity(first: $first, after: $after, last: $last, before: $before, productId: $productId) {\n      edges { node { id kind productId productName changed occurredAt product { id } actor { displayName } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": types.ActivityDocument,
    "\n  query ProductImages($id: ID!) {\n    product(id: $id) { images(first: 100) { id fileName url createdBy { id } } }\n  }\n": types.ProductImagesDocument,
    "\n  mutation CreateAssetUpload($input: CreateAssetUploadInput!) {\n    createAssetUpload(input: $input) { asset { id } upload { url headers { name value } } }\n  }\n": types.CreateAssetUploadDocument,
    "\n  mutation ConfirmAssetUpload($input: ConfirmAssetUploadInput!) {\n    confirmAssetUpload(input: $input) { asset { id status } }\n  }\n": types.ConfirmAssetUploadDocument,
    "\n  mutation DeleteAsset($input: DeleteAssetInput!) {\n    deleteAsset(input: $input) { deletedAssetId }\n  }\n": types.DeleteAssetDocument,
    "\n  query Conversations($first: Int, $after: String, $last: Int, $before: String) {\n    conversations(first: $first, after: $after, last: $last, before: $before) {\n      edges { node { id title createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n": types.ConversationsDocument,
    "\n  query Conversation($id: ID!, $last: Int!, $before: String) {\n    conversation(id: $id) {\n      id\n      title\n      messages(last: $last, before: $before) {\n        edges { node { id role text createdAt products { id name } } }\n        pageInfo { hasPreviousPage startCursor }\n      }\n    }\n  }\n": types.ConversationDocument,
    "\n  mutation CreateConversation {\n    createConversation { conversation { id } }\n  }\n": types.CreateConversationDocument,
    "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) { message { id } reply { id } }\n  }\n": types.SendMessageDocument,
    "\n  mutation DeleteConversation($input: DeleteConversationInput!) {\n    deleteConversation(input: $input) { deletedConversationId }\n  }\n": types.DeleteConversationDocument,
    "\n  query Customers(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $query: String\n    $orderBy: CustomerOrder\n  ) {\n    customers(first: $first, after: $after, last: $last, before: $before, query: $query, orderBy: $orderBy) {\n      edges { node { id name email status version createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n": types.CustomersDocument,
    "\n  query Customer($id: ID!) {\n    customer(id: $id) { id name email status version createdAt updatedAt createdBy { displayName } }\n  }\n": types.CustomerDocument,
    "\n  mutation CreateCustomer($input: CreateCustomerInput!) {\n    createCustomer(input: $input) { customer { id name email status version } }\n  }\n": types.CreateCustomerDocument,
    "\n  mutation UpdateCustomer($input: UpdateCustomerInput!) {\n    updateCustomer(input: $input) { customer { id name email status version } }\n  }\n": types.UpdateCustomerDocument,
    "\n  mutation DeleteCustomer($input: DeleteCustomerInput!) {\n    deleteCustomer(input: $input) { deletedCustomerId }\n  }\n": types.DeleteCustomerDocument,
    "\n  mutation SignInWithOAuth($input: SignInWithOAuthInput!) {\n    signInWithOAuth(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n      challenge { token }\n    }\n  }\n": types.SignInWithOAuthDocument,
    "\n  query Products(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $query: String\n    $orderBy: ProductOrder\n  ) {\n    products(first: $first, after: $after, last: $last, before: $before, query: $query, orderBy: $orderBy) {\n      edges { node { id name sku priceCents stock version createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n": types.ProductsDocument,
    "\n  query Product($id: ID!) {\n    product(id: $id) { id name sku priceCents stock version createdAt updatedAt createdBy { displayName } }\n  }\n": types.ProductDocument,
    "\n  mutation CreateProduct($input: CreateProductInput!) {\n    createProduct(input: $input) { product { id name sku priceCents stock version } }\n  }\n": types.CreateProductDocument,
    "\n  mutation UpdateProduct($input: UpdateProductInput!) {\n    updateProduct(input: $input) { product { id name sku priceCents stock version } }\n  }\n": types.UpdateProductDocument,
    "\n  mutation DeleteProduct($input: DeleteProductInput!) {\n    deleteProduct(input: $input) { deletedProductId }\n  }\n": types.DeleteProductDocument,
    "\n  mutation RefreshAccessToken($input: RefreshAccessTokenInput!) {\n    refreshAccessToken(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n    }\n  }\n": types.RefreshAccessTokenDocument,
    "\n  query Viewer {\n    currentUser { id displayName email permissions }\n  }\n": types.ViewerDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignUp($input: SignUpInput!) {\n    signUp(input: $input) { email }\n  }\n"): typeof import('./graphql.ts').SignUpDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n      challenge { token }\n    }\n  }\n"): typeof import('./graphql.ts').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteSignIn($input: CompleteSignInInput!) {\n    completeSignIn(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n    }\n  }\n"): typeof import('./graphql.ts').CompleteSignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut($input: SignOutInput!) {\n    signOut(input: $input) { signedOut }\n  }\n"): typeof import('./graphql.ts').SignOutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation VerifyEmail($token: String!) {\n    verifyEmailWithToken(input: { token: $token }) { verified }\n  }\n"): typeof import('./graphql.ts').VerifyEmailDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResendVerificationEmail {\n    resendVerificationEmail { requested }\n  }\n"): typeof import('./graphql.ts').ResendVerificationEmailDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Activity($first: Int, $after: String, $last: Int, $before: String, $productId: ID) {\n    activity(first: $first, after: $after, last: $last, before: $before, productId: $productId) {\n      edges { node { id kind productId productName changed occurredAt product { id } actor { displayName } } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n"): typeof import('./graphql.ts').ActivityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProductImages($id: ID!) {\n    product(id: $id) { images(first: 100) { id fileName url createdBy { id } } }\n  }\n"): typeof import('./graphql.ts').ProductImagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateAssetUpload($input: CreateAssetUploadInput!) {\n    createAssetUpload(input: $input) { asset { id } upload { url headers { name value } } }\n  }\n"): typeof import('./graphql.ts').CreateAssetUploadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmAssetUpload($input: ConfirmAssetUploadInput!) {\n    confirmAssetUpload(input: $input) { asset { id status } }\n  }\n"): typeof import('./graphql.ts').ConfirmAssetUploadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteAsset($input: DeleteAssetInput!) {\n    deleteAsset(input: $input) { deletedAssetId }\n  }\n"): typeof import('./graphql.ts').DeleteAssetDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversations($first: Int, $after: String, $last: Int, $before: String) {\n    conversations(first: $first, after: $after, last: $last, before: $before) {\n      edges { node { id title createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n"): typeof import('./graphql.ts').ConversationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversation($id: ID!, $last: Int!, $before: String) {\n    conversation(id: $id) {\n      id\n      title\n      messages(last: $last, before: $before) {\n        edges { node { id role text createdAt products { id name } } }\n        pageInfo { hasPreviousPage startCursor }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateConversation {\n    createConversation { conversation { id } }\n  }\n"): typeof import('./graphql.ts').CreateConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) { message { id } reply { id } }\n  }\n"): typeof import('./graphql.ts').SendMessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteConversation($input: DeleteConversationInput!) {\n    deleteConversation(input: $input) { deletedConversationId }\n  }\n"): typeof import('./graphql.ts').DeleteConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Customers(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $query: String\n    $orderBy: CustomerOrder\n  ) {\n    customers(first: $first, after: $after, last: $last, before: $before, query: $query, orderBy: $orderBy) {\n      edges { node { id name email status version createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n"): typeof import('./graphql.ts').CustomersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Customer($id: ID!) {\n    customer(id: $id) { id name email status version createdAt updatedAt createdBy { displayName } }\n  }\n"): typeof import('./graphql.ts').CustomerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateCustomer($input: CreateCustomerInput!) {\n    createCustomer(input: $input) { customer { id name email status version } }\n  }\n"): typeof import('./graphql.ts').CreateCustomerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateCustomer($input: UpdateCustomerInput!) {\n    updateCustomer(input: $input) { customer { id name email status version } }\n  }\n"): typeof import('./graphql.ts').UpdateCustomerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteCustomer($input: DeleteCustomerInput!) {\n    deleteCustomer(input: $input) { deletedCustomerId }\n  }\n"): typeof import('./graphql.ts').DeleteCustomerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignInWithOAuth($input: SignInWithOAuthInput!) {\n    signInWithOAuth(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n      challenge { token }\n    }\n  }\n"): typeof import('./graphql.ts').SignInWithOAuthDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Products(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $query: String\n    $orderBy: ProductOrder\n  ) {\n    products(first: $first, after: $after, last: $last, before: $before, query: $query, orderBy: $orderBy) {\n      edges { node { id name sku priceCents stock version createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      totalCount\n    }\n  }\n"): typeof import('./graphql.ts').ProductsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Product($id: ID!) {\n    product(id: $id) { id name sku priceCents stock version createdAt updatedAt createdBy { displayName } }\n  }\n"): typeof import('./graphql.ts').ProductDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateProduct($input: CreateProductInput!) {\n    createProduct(input: $input) { product { id name sku priceCents stock version } }\n  }\n"): typeof import('./graphql.ts').CreateProductDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateProduct($input: UpdateProductInput!) {\n    updateProduct(input: $input) { product { id name sku priceCents stock version } }\n  }\n"): typeof import('./graphql.ts').UpdateProductDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteProduct($input: DeleteProductInput!) {\n    deleteProduct(input: $input) { deletedProductId }\n  }\n"): typeof import('./graphql.ts').DeleteProductDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RefreshAccessToken($input: RefreshAccessTokenInput!) {\n    refreshAccessToken(input: $input) {\n      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }\n    }\n  }\n"): typeof import('./graphql.ts').RefreshAccessTokenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    currentUser { id displayName email permissions }\n  }\n"): typeof import('./graphql.ts').ViewerDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
