import { runMain } from '@neotool/kit/shutdown'
import { loadConfig } from '../config.ts'
import { s3Storage } from '../object-storage.ts'

/** Makes the bucket that the assets are in; repeating it is harmless. */
runMain(async () => {
  const { s3 } = loadConfig(process.env)
  const storage = s3Storage(s3)
  const isNew = await storage.createBucket()
  storage.close()
  console.log(isNew ? `assets: made the bucket ${s3.bucket}` : `assets: the bucket ${s3.bucket} is there`)
})
