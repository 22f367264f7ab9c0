import { examine } from '@neotool/platform/doctor/doctor'
import type { Finding } from '@neotool/platform/doctor/finding'
import { messageOf } from '@neotool/platform/failure'
import { Command } from 'commander'
import { checkout } from '../checkout.ts'
import { exitCodes } from '../exit-codes.ts'
import { green, red, yellow } from '../style.ts'

type Options = { readonly fix?: true; readonly json?: true }

const marks = { fine: green('✔'), warning: yellow('!'), fault: red('✖') }
const width = 13

const lines = ({ check, state, detail, fix }: Finding) => [
  `${marks[state]} ${check.padEnd(width)}${detail}`,
  ...(fix ? [`  ${''.padEnd(width)}→ ${fix}`] : []),
]

const mendAll = async (findings: readonly Finding[]) => {
  for (const { check, detail, mend } of findings) {
    if (!mend) continue
    await mend().then(
      () => console.error(`Mended: ${check}: ${detail}`),
      (error: unknown) => console.error(`Could not mend ${check}: ${messageOf(error)}`),
    )
  }
}

const doctor = async ({ fix, json }: Options) => {
  if (fix) await mendAll(await examine(checkout))
  const findings = await examine(checkout)
  if (json) {
    const plain = findings.map(({ mend, ...finding }) => ({ ...finding, isMendable: mend !== undefined }))
    console.log(JSON.stringify(plain, null, 2))
  } else {
    console.log(findings.flatMap(lines).join('\n'))
    const mendable = findings.filter(({ mend }) => mend !== undefined).length
    if (mendable > 0) console.log(`\n${mendable} of these can be mended by: ./neotool doctor --fix`)
  }
  if (findings.some(({ state }) => state === 'fault')) process.exitCode = exitCodes.failed.code
}

export const doctorCommand = new Command('doctor')
  .description('look at all that Neotool needs of this machine, and say what to do; changes nothing')
  .option('--fix', 'mend what can be mended without losing anything: permissions, leftovers in the cache')
  .option('--json', 'print an array of {check, state, detail, fix, isMendable}')
  .action(doctor)
