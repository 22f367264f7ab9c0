/** Fetches what pom.xml names and writes its checksums; look at the difference before you commit it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checksumsOf, downloadKafka, kafkaChecksumsFile } from '../../src/binaries/kafka.ts'

const directory = await mkdtemp(join(tmpdir(), 'neotool-kafka-'))
try {
  await downloadKafka(directory)
  await writeFile(kafkaChecksumsFile, await checksumsOf(join(directory, 'lib')))
} finally {
  await rm(directory, { recursive: true })
}
