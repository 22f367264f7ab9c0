/*
 * Shell completion, generated from the command tree, so that it cannot know less than the command. A shell is told all
 * the words in advance and never calls neotool; the names of environments it reads from the directory .neotool.
 */
import type { Command, Option } from 'commander'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

type Words = {
  /** `ops purge`; empty for `neotool` itself. */
  readonly path: string
  readonly about: string
  readonly options: readonly Option[]
  readonly children: readonly { readonly name: string; readonly about: string }[]
  /** What the first argument may be. */
  readonly choices: readonly string[]
}

const wordsOf = (command: Command, path: readonly string[] = []): Words[] => [
  {
    path: path.join(' '),
    about: command.description(),
    options: command.options.filter(({ hidden }) => !hidden),
    children: command.commands.map((child) => ({ name: child.name(), about: child.description() })),
    choices: command.registeredArguments[0]?.argChoices ?? [],
  },
  ...command.commands.flatMap((child) => wordsOf(child, [...path, child.name()])),
]

const flagsOf = ({ options }: Words) => [...options.flatMap(({ long, short }) => [long, short]), '--help']
const candidatesOf = (words: Words) =>
  [...words.children.map(({ name }) => name), ...words.choices, ...flagsOf(words)].filter(Boolean).join(' ')

const optionsWithChoices = (all: readonly Words[]) => {
  const known = all.flatMap(({ options }) => options).filter(({ argChoices }) => argChoices !== undefined)
  return [...new Map(known.map((option) => [option.long ?? '', option.argChoices ?? []]))]
}

const bash = (all: readonly Words[]): string => `# bash completion of neotool
_neotool() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
${all
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      '${path}') path='${path}' ;;`)
  .join('\n')}
    esac
  done
  case "$previous" in
    --name)
      local state
      for state in "$(dirname "$(readlink -f "$(type -P "\${COMP_WORDS[0]}")")")"/.neotool/*/state.json; do
        [ -e "$state" ] && state="\${state%/state.json}" && words+=" \${state##*/}"
      done ;;
${optionsWithChoices(all)
  .map(([flag, choices]) => `    ${flag}) words='${choices.join(' ')}' ;;`)
  .join('\n')}
    *)
      case "$path" in
${all.map((words) => `        '${words.path}') words='${candidatesOf(words)}' ;;`).join('\n')}
      esac ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F _neotool neotool ./neotool
`

// zsh understands bash's completion once it is asked to.
const zsh = (all: readonly Words[]): string =>
  `# zsh completion of neotool\nautoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(
    all,
  )
    .replaceAll(
      'mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")',
      'COMPREPLY=($(compgen -W "$words" -- "$current"))',
    )
    .replaceAll('type -P', 'whence -p')}`

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const fish = (all: readonly Words[]): string => {
  const lines = all.flatMap((words) => {
    const names = words.path.split(' ').filter(Boolean)
    const within = names.map((name) => `__fish_seen_subcommand_from ${name}`)
    const notYet =
      words.children.length > 0
        ? [`not __fish_seen_subcommand_from ${words.children.map(({ name }) => name).join(' ')}`]
        : []
    const condition = (parts: readonly string[]) => (parts.length > 0 ? ` -n ${quoted(parts.join('; and '))}` : '')
    const line = (parts: readonly string[], rest: string) => `complete -c neotool${condition(parts)} ${rest}`
    return [
      ...words.children.map(({ name, about }) => line([...within, ...notYet], `-f -a ${name} -d ${quoted(about)}`)),
      ...words.choices.map((choice) => line(within, `-f -a ${choice}`)),
      ...words.options.map(({ long, short, description, argChoices, required }) => {
        const flags = [long && `-l ${long.slice(2)}`, short && `-s ${short.slice(1)}`].filter(Boolean).join(' ')
        const values = argChoices ? ` -x -a ${quoted(argChoices.join(' '))}` : required ? ' -x' : ''
        return line(within, `${flags}${values} -d ${quoted(description)}`)
      }),
    ]
  })
  return `# fish completion of neotool\n${lines.join('\n')}\n`
}

/** The script that a shell reads to complete the words of a command tree. */
export const completionScript = (shell: Shell, program: Command): string =>
  ({ bash, zsh, fish })[shell](wordsOf(program))
