// Generated from contracts/graphql/assets.graphql by `npm run generate`. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Asset as AssetModel } from '../asset.ts';
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
  /** One asset, or null where there is none with this id. */
  readonly asset: Maybe<Asset>;
};


export type QueryAssetArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  /**
   * Begins the upload of a product's picture. Send the bytes as `upload` says, then call confirmAssetUpload. Type, length
   * and checksum are part of the signature: the storage refuses other bytes.
   */
  readonly createAssetUpload: CreateAssetUploadPayload;
  /**
   * Checks what was uploaded and makes the asset READY; repeating it is harmless. While nothing has been uploaded it gives
   * CONFLICT with the reason ASSET_NOT_UPLOADED. Bytes that are not the picture they were said to be give BAD_USER_INPUT
   * with the reason ASSET_REJECTED; the asset is then FAILED for good.
   */
  readonly confirmAssetUpload: ConfirmAssetUploadPayload;
  /** Removes an asset for good. Its bytes go a moment later. */
  readonly deleteAsset: DeleteAssetPayload;
};


export type MutationCreateAssetUploadArgs = {
  input: CreateAssetUploadInput;
};


export type MutationConfirmAssetUploadArgs = {
  input: ConfirmAssetUploadInput;
};


export type MutationDeleteAssetArgs = {
  input: DeleteAssetInput;
};

/** A file, and what we know of it. */
export type Asset = {
  readonly id: Scalars['ID']['output'];
  readonly status: AssetStatus;
  /** The name that it had on the machine it came from. */
  readonly fileName: Scalars['String']['output'];
  /** `image/jpeg`, `image/png` or `image/webp`. */
  readonly contentType: Scalars['String']['output'];
  readonly sizeBytes: Scalars['Int']['output'];
  /**
   * Where its bytes can be read, by GET and without a token, for at least ten minutes; ask again afterwards. Null unless
   * the asset is READY.
   */
  readonly url: Maybe<Scalars['String']['output']>;
  /** The product that it shows; null where that is gone or cannot be asked now. */
  readonly product: Maybe<Product>;
  /** Who added it; null where that account is gone or cannot be asked now. */
  readonly createdBy: Maybe<User>;
  readonly createdAt: Scalars['DateTime']['output'];
};

export type AssetStatus =
  /** The upload has begun and is not confirmed. */
  | 'PENDING'
  /** Its bytes are there and are what they were said to be. */
  | 'READY'
  /** What was uploaded was refused; begin another upload. */
  | 'FAILED';

export type Product = {
  readonly id: Scalars['ID']['output'];
  /**
   * Its pictures that are READY, oldest first, the first 10 unless `first` (1 to 100) says otherwise; null where they cannot
   * be asked now.
   */
  readonly images: Maybe<ReadonlyArray<Asset>>;
};


export type ProductImagesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type User = {
  readonly id: Scalars['ID']['output'];
};

export type CreateAssetUploadInput = {
  readonly productId: Scalars['ID']['input'];
  /** 1 to 200 characters. */
  readonly fileName: Scalars['String']['input'];
  /** `image/jpeg`, `image/png` or `image/webp`. */
  readonly contentType: Scalars['String']['input'];
  /** 1 to 10,485,760 (10 MiB). */
  readonly sizeBytes: Scalars['Int']['input'];
  /** The SHA-256 of the bytes, in base64. */
  readonly sha256: Scalars['String']['input'];
};

export type CreateAssetUploadPayload = {
  readonly asset: Asset;
  readonly upload: AssetUpload;
};

/** How to send the bytes: one PUT to `url` with all of `headers`, as they are, before `expiresAt`. */
export type AssetUpload = {
  readonly url: Scalars['String']['output'];
  readonly headers: ReadonlyArray<HttpHeader>;
  readonly expiresAt: Scalars['DateTime']['output'];
};

export type HttpHeader = {
  readonly name: Scalars['String']['output'];
  readonly value: Scalars['String']['output'];
};

export type ConfirmAssetUploadInput = {
  readonly id: Scalars['ID']['input'];
};

export type ConfirmAssetUploadPayload = {
  readonly asset: Asset;
};

export type DeleteAssetInput = {
  readonly id: Scalars['ID']['input'];
};

export type DeleteAssetPayload = {
  readonly deletedAssetId: Scalars['ID']['output'];
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
  Asset: Asset;
  Product: Product;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Asset:
    ( { __typename: 'Asset' }
    & GraphQLRecursivePick<FederationTypes['Asset'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Asset: ResolverTypeWrapper<AssetModel>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AssetStatus: AssetStatus;
  Product: ResolverTypeWrapper<Omit<Product, 'images'> & { images?: Maybe<ReadonlyArray<ResolversTypes['Asset']>> }>;
  User: ResolverTypeWrapper<User>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  CreateAssetUploadInput: CreateAssetUploadInput;
  CreateAssetUploadPayload: ResolverTypeWrapper<Omit<CreateAssetUploadPayload, 'asset'> & { asset: ResolversTypes['Asset'] }>;
  AssetUpload: ResolverTypeWrapper<AssetUpload>;
  HttpHeader: ResolverTypeWrapper<HttpHeader>;
  ConfirmAssetUploadInput: ConfirmAssetUploadInput;
  ConfirmAssetUploadPayload: ResolverTypeWrapper<Omit<ConfirmAssetUploadPayload, 'asset'> & { asset: ResolversTypes['Asset'] }>;
  DeleteAssetInput: DeleteAssetInput;
  DeleteAssetPayload: ResolverTypeWrapper<DeleteAssetPayload>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  Asset: AssetModel;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Product: Omit<Product, 'images'> & { images?: Maybe<ReadonlyArray<ResolversParentTypes['Asset']>> } | FederationReferenceTypes['Product'];
  User: User;
  DateTime: Scalars['DateTime']['output'];
  CreateAssetUploadInput: CreateAssetUploadInput;
  CreateAssetUploadPayload: Omit<CreateAssetUploadPayload, 'asset'> & { asset: ResolversParentTypes['Asset'] };
  AssetUpload: AssetUpload;
  HttpHeader: HttpHeader;
  ConfirmAssetUploadInput: ConfirmAssetUploadInput;
  ConfirmAssetUploadPayload: Omit<ConfirmAssetUploadPayload, 'asset'> & { asset: ResolversParentTypes['Asset'] };
  DeleteAssetInput: DeleteAssetInput;
  DeleteAssetPayload: DeleteAssetPayload;
  Boolean: Scalars['Boolean']['output'];
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType, RequireFields<QueryAssetArgs, 'id'>>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createAssetUpload?: Resolver<ResolversTypes['CreateAssetUploadPayload'], ParentType, ContextType, RequireFields<MutationCreateAssetUploadArgs, 'input'>>;
  confirmAssetUpload?: Resolver<ResolversTypes['ConfirmAssetUploadPayload'], ParentType, ContextType, RequireFields<MutationConfirmAssetUploadArgs, 'input'>>;
  deleteAsset?: Resolver<ResolversTypes['DeleteAssetPayload'], ParentType, ContextType, RequireFields<MutationDeleteAssetArgs, 'input'>>;
};

export type AssetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Asset'] = ResolversParentTypes['Asset'], FederationReferenceType extends FederationReferenceTypes['Asset'] = FederationReferenceTypes['Asset']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Asset']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AssetStatus'], ParentType, ContextType>;
  fileName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  contentType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  images?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Asset']>>, ParentType, ContextType, RequireFields<ProductImagesArgs, 'first'>>;
};

export type UserResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type CreateAssetUploadPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateAssetUploadPayload'] = ResolversParentTypes['CreateAssetUploadPayload']> = {
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  upload?: Resolver<ResolversTypes['AssetUpload'], ParentType, ContextType>;
};

export type AssetUploadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AssetUpload'] = ResolversParentTypes['AssetUpload']> = {
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  headers?: Resolver<ReadonlyArray<ResolversTypes['HttpHeader']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type HttpHeaderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['HttpHeader'] = ResolversParentTypes['HttpHeader']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConfirmAssetUploadPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ConfirmAssetUploadPayload'] = ResolversParentTypes['ConfirmAssetUploadPayload']> = {
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
};

export type DeleteAssetPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeleteAssetPayload'] = ResolversParentTypes['DeleteAssetPayload']> = {
  deletedAssetId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Asset?: AssetResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  CreateAssetUploadPayload?: CreateAssetUploadPayloadResolvers<ContextType>;
  AssetUpload?: AssetUploadResolvers<ContextType>;
  HttpHeader?: HttpHeaderResolvers<ContextType>;
  ConfirmAssetUploadPayload?: ConfirmAssetUploadPayloadResolvers<ContextType>;
  DeleteAssetPayload?: DeleteAssetPayloadResolvers<ContextType>;
};
