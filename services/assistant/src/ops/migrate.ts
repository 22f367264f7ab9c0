import { fileURLToPath } from 'node:url'
import { migrate } from '@neotool/kit/migrate'
import { runMain } from '@neotool/kit/shutdown'
import { OF_A_JOB } from '@neotool/kit/wait-for'
import { loadConfig } from '../config.ts'

/** Brings the database up to this release; repeating it is harmless. */
runMain(async () => {
  const { postgres } = loadConfig(process.env)
  const folder = fileURLToPath(new URL('../../migrations', import.meta.url))
  const applied = await migrate({ url: postgres.directUrl, folder, patience: OF_A_JOB })
  console.log(applied.length === 0 ? 'assistant: nothing to migrate' : `assistant: applied ${applied.join(', ')}`)
})
