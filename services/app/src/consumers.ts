import { productCreatedV1, productDeletedV1, productUpdatedV1 } from '@neotool/contracts/events/app-product'
import { type ConsumerDefinition, defineConsumer } from '@neotool/kit/events/consumer'
import type { ActivityStore } from './activity-store.ts'
import type { Tables } from './database.ts'
import { productId } from './product.ts'

const KINDS = {
  'neotool.app.product-created.v1': 'PRODUCT_CREATED',
  'neotool.app.product-updated.v1': 'PRODUCT_UPDATED',
  'neotool.app.product-deleted.v1': 'PRODUCT_DELETED',
} as const

/** Every event that the app service consumes, and what it has as its effect. */
export const createConsumers = ({ activity }: { activity: ActivityStore }): readonly ConsumerDefinition<Tables>[] => [
  defineConsumer({
    group: 'neotool.app.activity',
    events: [productCreatedV1, productUpdatedV1, productDeletedV1],
    handle: (tx, event) =>
      activity.insert(tx, {
        id: event.id,
        kind: KINDS[event.type],
        productId: productId.parse(event.data.productId),
        productName: event.data.name,
        changed: 'changed' in event.data ? event.data.changed : [],
        actorId: event.data.actorId,
        occurredAt: new Date(event.time),
      }),
  }),
]
