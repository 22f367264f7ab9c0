/** A directory of infra/terraform, a file in it, what is written there, what in its place, and words of the test that must fail. */
export type Mutation = readonly [directory: string, file: string, from: string, to: string, words: string]
