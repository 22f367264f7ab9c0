/* Shows the tasks of the platform: a live list on a terminal, one line per task that ends anywhere else. */
import type { Report, TaskEvent } from '@neotool/platform/tasks'
import { Listr, type ListrTaskWrapper } from 'listr2'
import { seconds } from './style.ts'

type Changed = Extract<TaskEvent, { kind: 'changed' }>
type Shown = ListrTaskWrapper<unknown, typeof import('listr2').DefaultRenderer, typeof import('listr2').SimpleRenderer>

export type TaskList = { readonly report: Report; close(): Promise<void> }

const plainList = (): TaskList => ({
  report: (event) => {
    if (event.kind === 'noted') console.log(event.text)
    if (event.kind !== 'changed' || event.state === 'running') return
    const mark = { done: '✔', failed: '✖', skipped: '-' }[event.state]
    console.log([mark, event.task, event.detail, `(${seconds(event.elapsedMs)})`].filter(Boolean).join(' '))
  },
  close: async () => {},
})

const liveList = (): TaskList => {
  const followers = new Map<string, (event: Changed) => void>()
  let running: Promise<unknown> = Promise.resolve()
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const follow = (name: string, shown: Shown) =>
    new Promise<void>((resolve, reject) => {
      followers.set(name, ({ state, detail, elapsedMs }) => {
        if (state === 'running') shown.output = detail
        if (state === 'done') shown.title = [name, detail, seconds(elapsedMs)].filter(Boolean).join('  ')
        if (state === 'done') resolve()
        if (state === 'skipped') shown.skip(`${name}: something that it needs failed`)
        if (state === 'skipped') resolve()
        if (state === 'failed') reject(new Error(name))
      })
      // Whatever has not ended by then never will: the command was interrupted.
      void ended.then(resolve)
    })
  return {
    report: (event) => {
      if (event.kind === 'noted') return console.log(event.text)
      if (event.kind === 'changed') return followers.get(event.task)?.(event)
      const tasks = event.tasks.map((title) => ({ title, task: (_: unknown, shown: Shown) => follow(title, shown) }))
      const options = { concurrent: true, exitOnError: false, registerSignalListeners: false } as const
      running = new Listr(tasks, { ...options, rendererOptions: { showErrorMessage: false } }).run().catch(() => {})
    },
    close: async () => {
      end()
      await running
    },
  }
}

/** Runs work whose tasks are shown while it runs. */
export const withTaskList = async <Result>(work: (report: Report) => Promise<Result>): Promise<Result> => {
  const list = process.stdout.isTTY && !process.env.CI ? liveList() : plainList()
  try {
    return await work(list.report)
  } finally {
    await list.close()
  }
}
