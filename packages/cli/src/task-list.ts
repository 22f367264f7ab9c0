/* Shows the tasks of the platform: a live list on a terminal, one line per task that ends anywhere else. */
import type { Report, TaskEvent } from '@neotool/platform/tasks'
import { type DefaultRenderer, Listr, type ListrTaskWrapper, type SimpleRenderer } from 'listr2'
import { seconds } from './style.ts'

type Changed = Extract<TaskEvent, { kind: 'changed' }>
type Shown = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>

export type TaskList = { readonly report: Report; close(): Promise<void> }

const words = (...parts: readonly string[]) => parts.filter(Boolean).join('  ')

/** Calls `show` at intervals with each task that runs, so that a long one is seen to go on. */
const followRunning = (everyMs: number, show: (task: string, detail: string, elapsedMs: number) => void) => {
  const running = new Map<string, { detail: string; since: number }>()
  const timer = setInterval(() => {
    for (const [task, { detail, since }] of running) show(task, detail, Date.now() - since)
  }, everyMs)
  return {
    note: ({ task, state, detail, elapsedMs }: Changed) => {
      if (state === 'running') running.set(task, { detail, since: Date.now() - elapsedMs })
      else running.delete(task)
    },
    close: () => clearInterval(timer),
  }
}

const plainList = (print: (line: string) => void): TaskList => {
  const running = followRunning(10_000, (task, detail, elapsedMs) => {
    print(words(`… ${task}`, detail, seconds(elapsedMs)))
  })
  return {
    report: (event) => {
      if (event.kind === 'noted') print(event.text)
      if (event.kind !== 'changed') return
      running.note(event)
      if (event.state === 'running') return
      const mark = { done: '✔', failed: '✖', skipped: '-' }[event.state]
      print(words(`${mark} ${event.task}`, event.detail, event.state === 'skipped' ? '' : seconds(event.elapsedMs)))
    },
    close: async () => running.close(),
  }
}

const liveList = (): TaskList => {
  const lines = new Map<string, { shown: Shown; end: (error?: Error) => void }>()
  const running = followRunning(1_000, (task, detail, elapsedMs) => {
    const line = lines.get(task)
    if (line) line.shown.output = words(detail, seconds(elapsedMs))
  })
  const change = ({ task, state, detail, elapsedMs }: Changed) => {
    const line = lines.get(task)
    if (!line) return
    if (state === 'running') line.shown.output = detail
    if (state === 'done') line.shown.title = words(task, detail, seconds(elapsedMs))
    if (state === 'skipped') line.shown.skip(task)
    if (state !== 'running') line.end(state === 'failed' ? new Error(task) : undefined)
  }
  let rendering: Promise<unknown> = Promise.resolve()
  return {
    report: (event) => {
      if (event.kind === 'noted') return console.log(event.text)
      if (event.kind === 'changed') {
        running.note(event)
        return change(event)
      }
      const tasks = event.tasks.map((title) => ({
        title,
        task: (_: unknown, shown: Shown) =>
          new Promise<void>((resolve, reject) => {
            lines.set(title, { shown, end: (error) => (error ? reject(error) : resolve()) })
          }),
      }))
      const options = { concurrent: true, exitOnError: false, registerSignalListeners: false } as const
      rendering = new Listr(tasks, { ...options, rendererOptions: { showErrorMessage: false } }).run().catch(() => {})
    },
    close: async () => {
      running.close()
      // Whatever has not ended by now never will: the command was interrupted.
      for (const { end } of lines.values()) end()
      await rendering
    },
  }
}

const chooseList = (isOutputTaken: boolean): TaskList => {
  if (isOutputTaken) return plainList((line) => console.error(line))
  return process.stdout.isTTY && !process.env.CI ? liveList() : plainList((line) => console.log(line))
}

/** Runs work whose tasks are shown while it runs; on standard error where standard output is for something else. */
export const withTaskList = async <Result>(
  work: (report: Report) => Promise<Result>,
  { isOutputTaken = false } = {},
): Promise<Result> => {
  const list = chooseList(isOutputTaken)
  try {
    return await work(list.report)
  } finally {
    await list.close()
  }
}
