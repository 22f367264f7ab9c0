import type { ActivityKind } from './generated/graphql.ts'
import type { ProductId } from './product.ts'

/** One change that somebody made to a product. */
export type Activity = {
  /** The id of the event that told of it. */
  readonly id: string
  readonly kind: ActivityKind
  readonly productId: ProductId
  readonly productName: string
  readonly changed: readonly string[]
  readonly actorId: string
  readonly occurredAt: Date
}
