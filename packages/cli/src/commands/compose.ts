import { Command } from 'commander'
import { execa } from 'execa'
import { checkout } from '../checkout.ts'
import { exitCodes } from '../exit-codes.ts'

const compose = async ({ check }: { check?: true }) => {
  const args = ['contracts/src/generate.ts', ...(check ? ['--check'] : [])]
  const { exitCode } = await execa(process.execPath, args, { cwd: checkout, stdio: 'inherit', reject: false })
  // It has said what is wrong, with file and line.
  if (exitCode !== 0) process.exitCode = exitCodes.failed.code
}

export const composeCommand = new Command('compose')
  .description('compose contracts/graphql into the supergraph and the types; names changes that break a client')
  .option('--check', 'write nothing; fail where a generated file is not as the contract says')
  .action(compose)
