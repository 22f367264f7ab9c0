import { writeSupportBundle } from '@neotool/platform/support-bundle'
import { Command } from 'commander'
import { checkout } from '../checkout.ts'

const supportBundle = async ({ output }: { output?: string }) => {
  const archive = output ?? `neotool-support-${new Date().toISOString().replaceAll(/[:.]/g, '')}.tar.gz`
  const files = await writeSupportBundle(checkout, archive)
  console.log(`${archive} holds ${files.length} files: versions, findings of the doctor, states, ends of logs.`)
  console.log(
    'Secrets, tokens and e-mail addresses are taken out. Look through it before you send it: tar -tzf, tar -xzf',
  )
}

export const supportBundleCommand = new Command('support-bundle')
  .description('pack redacted logs, versions and states into one archive for whoever helps you')
  .option('-o, --output <file>', 'where to write it; neotool-support-TIME.tar.gz in this directory when left out')
  .action(supportBundle)
