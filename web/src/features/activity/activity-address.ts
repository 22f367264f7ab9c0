import { z } from 'zod'
import { type Cursor, readCursor } from '#ui/list/cursor.ts'

/** Which part of the feed is shown, as its address says it. */
export type ActivityView = {
  /** The one product whose changes are shown; all without it. */
  readonly productId: string | undefined
  readonly cursor: Cursor
}

const product = z.uuid().optional().catch(undefined)

/** Reads the view from the address; a parameter that is no value of ours counts as absent. */
export const readActivityView = (
  parameters: Readonly<Record<string, string | string[] | undefined>>,
): ActivityView => ({ productId: product.parse(parameters.product), cursor: readCursor(parameters) })

/** The address of a view. */
export const activityHref = ({ productId, cursor }: ActivityView): string => {
  const parameters = new URLSearchParams({ ...(productId === undefined ? {} : { product: productId }), ...cursor })
  return parameters.size === 0 ? '/activity' : `/activity?${parameters}`
}
