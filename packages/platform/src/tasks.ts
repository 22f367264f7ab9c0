/** What `up` is doing, told to whoever shows it. */
export type TaskState = 'running' | 'done' | 'failed' | 'skipped'

export type TaskEvent =
  | { readonly kind: 'noted'; readonly text: string }
  | { readonly kind: 'planned'; readonly tasks: readonly string[] }
  | {
      readonly kind: 'changed'
      readonly task: string
      readonly state: TaskState
      readonly detail: string
      readonly elapsedMs: number
    }

export type Report = (event: TaskEvent) => void

export const waitingForOther = (environment: string): TaskEvent => ({
  kind: 'noted',
  text: `Another command works on the environment "${environment}"; waiting for it …`,
})

/** Thrown by work that was not begun because something that it needs failed; the cause is reported there. */
export class SkippedError extends Error {}

/** Runs a piece of work and reports its states; `work` answers with the detail of a success. */
export const runTask = async (
  report: Report,
  task: string,
  work: (progress: (detail: string) => void) => Promise<string>,
): Promise<void> => {
  const begin = Date.now()
  const tell = (state: TaskState, detail: string) =>
    report({ kind: 'changed', task, state, detail, elapsedMs: Date.now() - begin })
  tell('running', '')
  try {
    tell('done', await work((detail) => tell('running', detail)))
  } catch (error) {
    tell(error instanceof SkippedError ? 'skipped' : 'failed', '')
    throw error
  }
}
