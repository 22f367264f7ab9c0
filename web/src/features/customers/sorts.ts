/** What a list can be ordered by, in the order of its columns; also their names in the address. */
export const SORTS = ['name', 'email', 'status', 'added'] as const

export type SortName = (typeof SORTS)[number]
