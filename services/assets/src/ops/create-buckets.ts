import { runMain } from '@neotool/kit/shutdown'
import { OF_A_JOB, waitFor } from '@neotool/kit/wait-for'
import { loadS3Config } from '../config.ts'
import { s3Storage } from '../object-storage.ts'

/** Makes the bucket that the assets are in, as soon as the storage answers; repeating it is harmless. */
runMain(async () => {
  const s3 = loadS3Config(process.env)
  const storage = s3Storage(s3)
  const isNew = await waitFor(() => storage.createBucket(), OF_A_JOB)
  storage.close()
  console.log(isNew ? `assets: made the bucket ${s3.bucket}` : `assets: the bucket ${s3.bucket} is there`)
})
