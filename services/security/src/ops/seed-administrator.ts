import { openDatabase } from '@neotool/kit/postgres'
import { runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { loadConfig } from '../config.ts'
import type { Tables } from '../database.ts'
import { groupStore as groups } from '../group-store.ts'
import { createPasswordHasher } from '../password-hasher.ts'
import { seedAdministrator } from '../use-cases/seed-administrator.ts'
import { userStore as users } from '../user-store.ts'

/**
 * Makes the first administrator and prints `{userId, email, password}`: at random, or as ADMINISTRATOR_PASSWORD says. The
 * password is null where there was an administrator already, with another one.
 */
runMain(async () => {
  const { postgres } = loadConfig(process.env)
  // Standard output is for the one line alone.
  const log = createLogger({ service: 'security', level: 'silent' })
  const metrics = createMetrics('security')
  const database = openDatabase<Tables>({ url: postgres.url, service: 'security', log, metrics })
  try {
    const passwords = await createPasswordHasher(metrics)
    console.log(
      JSON.stringify(
        await seedAdministrator({ database, users, groups, passwords })(process.env.ADMINISTRATOR_PASSWORD),
      ),
    )
  } finally {
    await database.destroy()
  }
})
