/*
 * Shell completion, generated from the command tree, so that it cannot know less than the command. A shell is told all
 * the words in advance and never calls neotool; the names of environments it reads from the directory .neotool.
 */
import type { Command, Option } from 'commander'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

type Word = { readonly name: string; readonly about: string }

type Words = {
  /** `ops purge`; empty for `neotool` itself. */
  readonly path: string
  readonly options: readonly Option[]
  readonly children: readonly Word[]
  /** What the first argument may be. */
  readonly choices: readonly string[]
}

const wordsOf = (command: Command, path: readonly string[] = []): Words[] => [
  {
    path: path.join(' '),
    options: command.options.filter(({ hidden }) => !hidden),
    children: command.commands.map((child) => ({ name: child.name(), about: child.description() })),
    choices: command.registeredArguments[0]?.argChoices ?? [],
  },
  ...command.commands.flatMap((child) => wordsOf(child, [...path, child.name()])),
]

/** What may follow an option; undefined where nothing does. */
type Value = 'an environment' | 'a file' | 'anything' | readonly string[]

const valueAfter = ({ long, flags, required, argChoices }: Option): Value | undefined => {
  if (argChoices) return argChoices
  if (long === '--name') return 'an environment'
  if (flags.endsWith('<file>')) return 'a file'
  return required ? 'anything' : undefined
}

const flagsOf = ({ long, short }: Option): string[] => [long, short].filter((flag) => flag !== undefined)

const candidatesOf = ({ children, choices, options }: Words): Word[] => [
  ...children,
  ...choices.map((name) => ({ name, about: '' })),
  ...options.flatMap((option) => flagsOf(option).map((name) => ({ name, about: option.description }))),
  { name: '--help', about: 'show what the command does' },
]

/** A `case` over the word before the cursor, in the words of bash and zsh: what to do after an option that takes a value. */
const valueCases = (all: readonly Words[], todo: (value: Value) => string): string => {
  const options = all
    .flatMap(({ options }) => options)
    .flatMap((option) => {
      const value = valueAfter(option)
      return value === undefined ? [] : [[flagsOf(option).join('|'), todo(value)] as const]
    })
  return [...new Map(options)].map(([flags, what]) => `    ${flags}) ${what} ;;`).join('\n')
}

/** A `case` that finds the longest command among the words before the cursor. */
const commandCases = (all: readonly Words[]): string =>
  all
    .filter(({ path }) => path !== '')
    .map(({ path }) => `      '${path}') command='${path}' ;;`)
    .join('\n')

const bash = (all: readonly Words[]): string => `# bash completion of neotool
_neotool_environments() {
  local program state
  program=$(type -P "\${COMP_WORDS[0]/#\\~/$HOME}") && program=$(readlink -f "$program") || return
  for state in "\${program%/*}"/.neotool/*/state.json; do
    [ -e "$state" ] && state=\${state%/state.json} && printf '%s\\n' "\${state##*/}"
  done
}
_neotool() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${command:+$command }$word" in
${commandCases(all)}
    esac
  done
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
${valueCases(all, (value) => {
  if (value === 'an environment') return 'words=$(_neotool_environments)'
  if (value === 'a file') return 'mapfile -t COMPREPLY < <(compgen -f -- "$current"); return'
  return value === 'anything' ? '' : `words='${value.join(' ')}'`
})}
    *)
      case "$command" in
${all
  .map(
    (words) =>
      `        '${words.path}') words='${candidatesOf(words)
        .map(({ name }) => name)
        .join(' ')}' ;;`,
  )
  .join('\n')}
      esac ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F _neotool neotool
`

const quotedForZsh = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
const describedForZsh = ({ name, about }: Word) => quotedForZsh(about === '' ? name : `${name}:${about}`)

const zsh = (all: readonly Words[]): string => `# zsh completion of neotool
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_neotool() {
  local command word
  local -a found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${command:+$command }$word" in
${commandCases(all)}
    esac
  done
  case "\${words[CURRENT-1]}" in
${valueCases(all, (value) => {
  if (value === 'an environment') return `found=(\${\${~words[1]}:c:A:h}/.neotool/*/state.json(N:h:t))`
  if (value === 'a file') return '_files; return'
  return value === 'anything' ? '' : `found=(${value.map(quotedForZsh).join(' ')})`
})}
    *)
      case "$command" in
${all.map((words) => `        '${words.path}') found=(${candidatesOf(words).map(describedForZsh).join(' ')}) ;;`).join('\n')}
      esac ;;
  esac
  _describe neotool found
}
compdef _neotool neotool
`

const quotedForFish = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const valueForFish = (value: Value | undefined): string => {
  if (value === undefined) return ''
  if (value === 'an environment') return " -x -a '(__neotool_environments)'"
  if (value === 'a file') return ' -r -F'
  return value === 'anything' ? ' -x' : ` -x -a ${quotedForFish(value.join(' '))}`
}

const fish = (all: readonly Words[]): string => {
  const lines = all.flatMap(({ path, options, children, choices }) => {
    const within = path
      .split(' ')
      .filter(Boolean)
      .map((name) => `__fish_seen_subcommand_from ${name}`)
    const notYet = `not __fish_seen_subcommand_from ${children.map(({ name }) => name).join(' ')}`
    const line = (conditions: readonly string[], rest: string) =>
      `complete -c neotool${conditions.length > 0 ? ` -n ${quotedForFish(conditions.join('; and '))}` : ''} ${rest}`
    return [
      ...children.map(({ name, about }) => line([...within, notYet], `-a ${name} -d ${quotedForFish(about)}`)),
      ...choices.map((choice) => line(within, `-a ${choice}`)),
      ...options.map((option) => {
        const flags = flagsOf(option).map((flag) => flag.replace(/^--/, '-l ').replace(/^-(?!l )/, '-s '))
        return line(
          within,
          `${flags.join(' ')}${valueForFish(valueAfter(option))} -d ${quotedForFish(option.description)}`,
        )
      }),
    ]
  })
  return `# fish completion of neotool
function __neotool_environments
  set -l program (command -s (string replace -r '^~' $HOME (commandline -opc)[1])); or return
  for state in (dirname (realpath $program))/.neotool/*/state.json
    basename (dirname $state)
  end
end
complete -c neotool -f
complete -c neotool -l help -d 'show what the command does'
${lines.join('\n')}
`
}

/** The script that a shell reads to complete the words of a command tree. */
export const completionScript = (shell: Shell, program: Command): string =>
  ({ bash, zsh, fish })[shell](wordsOf(program))
