import type { EventTables } from '@neotool/kit/events/event-tables'
import type { Generated } from 'kysely'
import type { Asset, AssetId, ContentType, ProductId } from './asset.ts'

/** The tables of the assets service, as its migrations make them. */
export type Tables = EventTables & {
  assets: {
    id: Generated<AssetId>
    product_id: ProductId
    status: Generated<Asset['status']>
    file_name: string
    content_type: ContentType
    size_bytes: number
    sha256: Buffer
    created_by: string
    created_at: Generated<Date>
    ready_at: Date | null
    failure: string | null
  }
}
