import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'

const commitOf = (): string => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim()
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : ' with changes')
  } catch {
    return 'unknown'
  }
}

/** One line on what a measurement was made on; a figure without it says nothing. */
export const machineLine = (): string => {
  const processors = cpus()
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  const day = new Date().toISOString().slice(0, 10)
  const facts = [`${processors.length} × ${processors[0]?.model.trim()}`, memory, `Node ${process.versions.node}`]
  const load = loadavg()[0]?.toFixed(1)
  return `${day}, commit ${commitOf()}: ${facts.join(', ')}, load ${load}; everything on this one machine.`
}

/** A Markdown table; the first row is the head. */
export const markdownTable = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
