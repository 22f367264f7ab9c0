/*
 * Kafka comes from Maven Central through Maven. What Maven 3 fetched is checked twice: by Maven against the checksums
 * that the repository states, and by us against those in binaries/kafka/checksums.sha256, which Maven 3 has no lock for.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { type Binaries, binariesDirectory } from '../cache.ts'
import { PlatformError } from '../failure.ts'
import { runCommand } from '../run-command.ts'

const lockedProject = join(import.meta.dirname, '../../binaries/kafka')

/** The committed checksums, in the format of sha256sum. */
export const kafkaChecksumsFile = join(lockedProject, 'checksums.sha256')

/** How the broker writes its log. */
export const kafkaLogSettings = join(lockedProject, 'log4j.properties')

const oldestJava = 17
// The oldest that the dependency plugin of the pom works with.
const oldestMaven = [3, 6, 3] as const

const javaAdvice = `Install Java ${oldestJava} or later (for example: apt-get install openjdk-17-jre-headless), or set JAVA_HOME to it.`
const mavenAdvice = `Install Maven ${oldestMaven.join('.')} or later (for example: apt-get install maven) so that mvn is on the PATH.`

/** The java of JAVA_HOME, else the one on the PATH. */
export const javaProgram = (): string => (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java')

/** The major version in what `java -version` prints: 17 of "17.0.15", 8 of "1.8.0_392". */
export const javaMajorVersion = (output: string): number | undefined => {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? []
  return first === undefined ? undefined : Number(first === '1' && second ? second : first)
}

/** The version in what `mvn --version` prints. */
export const mavenVersion = (output: string): number[] | undefined =>
  /Apache Maven (\d+)\.(\d+)\.(\d+)/.exec(output)?.slice(1).map(Number)

const isOlder = (version: readonly number[], than: readonly number[]): boolean => {
  const index = than.findIndex((number, at) => number !== version[at])
  return index >= 0 && (version[index] ?? 0) < (than[index] ?? 0)
}

const versionOutput = async (program: string, args: string[], missing: string, advice: string): Promise<string> => {
  const { exitCode, all } = await execa(program, args, { all: true, reject: false })
  if (exitCode === 0) return all
  throw new PlatformError(
    exitCode === undefined ? `${missing}: ${program} was not found.` : `${program} fails: ${all}`,
    { reason: 'prerequisite', advice },
  )
}

/** Fails with advice unless there is a Java that can run Kafka. */
export const assertJava = async (): Promise<void> => {
  const program = javaProgram()
  const output = await versionOutput(program, ['-version'], 'Kafka needs Java', javaAdvice)
  const version = javaMajorVersion(output)
  if (version !== undefined && version >= oldestJava) return
  throw new PlatformError(`Kafka needs Java ${oldestJava}; ${program} is ${version ?? output.trim()}.`, {
    reason: 'prerequisite',
    advice: javaAdvice,
  })
}

/** Fails with advice unless there is a Maven that can fetch Kafka. */
export const assertMaven = async (): Promise<void> => {
  const output = await versionOutput('mvn', ['--version'], 'Kafka is fetched with Maven', mavenAdvice)
  const version = mavenVersion(output)
  if (version && !isOlder(version, oldestMaven)) return
  throw new PlatformError(
    `Kafka is fetched with Maven ${oldestMaven.join('.')} or later; mvn is ${version?.join('.') ?? output.trim()}.`,
    { reason: 'prerequisite', advice: mavenAdvice },
  )
}

/** Has Maven fetch the jars of binaries/kafka/pom.xml into `lib` of an empty directory; they are not checked yet. */
export const downloadKafka = async (directory: string, signal?: AbortSignal): Promise<void> => {
  await assertJava()
  await assertMaven()
  // A repository of its own: a damaged one at home does no harm, the progress is seen, and nothing stays behind.
  const repository = join(directory, 'repository')
  const options = ['--batch-mode', '--no-transfer-progress', '--strict-checksums', `-Dmaven.repo.local=${repository}`]
  const project = ['--file', join(lockedProject, 'pom.xml')]
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(directory, 'lib')}`]
  await mkdir(repository)
  await runCommand('mvn', [...options, ...project, ...goal], {
    cwd: directory,
    signal,
    reason: 'download',
    advice: 'Maven needs a way to Maven Central: directly, or by a mirror or proxy in ~/.m2/settings.xml.',
  })
  await rm(repository, { recursive: true })
}

/** The checksums of all files of a directory, in the format of sha256sum. */
export const checksumsOf = async (directory: string): Promise<string> => {
  const lines = (await readdir(directory)).sort().map(async (name) => {
    const hash = createHash('sha256').update(await readFile(join(directory, name)))
    return `${hash.digest('hex')}  ${name}\n`
  })
  return (await Promise.all(lines)).join('')
}

/** What differs between two lists of checksums: files that are missing, changed or should not be there. */
export const differingFiles = (expected: string, actual: string): string[] => {
  const [wanted, present] = [expected, actual].map((text) => new Set(text.split('\n').filter(Boolean)))
  const differing = [...(wanted ?? [])].filter((line) => !present?.has(line))
  const surplus = [...(present ?? [])].filter((line) => !wanted?.has(line))
  return [...new Set([...differing, ...surplus].map((line) => line.slice(66)))].sort()
}

/** Kafka's broker from Maven Central. The number after the hyphen rises with every other change of binaries/kafka. */
export const kafkaBinaries: Binaries = {
  title: 'Kafka 3.7.0',
  name: 'kafka',
  version: '3.7.0-1',
  async install(directory, progress, signal) {
    await downloadKafka(directory, signal)
    progress('checking')
    const differing = differingFiles(
      await readFile(kafkaChecksumsFile, 'utf8'),
      await checksumsOf(join(directory, 'lib')),
    )
    if (differing.length === 0) return
    throw new PlatformError(`What Maven fetched is not what ${kafkaChecksumsFile} says: ${differing.join(', ')}.`, {
      reason: 'download',
      advice: 'Do not use these files. Find out what your Maven mirror serves, and run this again.',
    })
  },
}

/** Java's class path of the broker. */
export const kafkaClassPath = (): string => join(binariesDirectory(kafkaBinaries), 'lib/*')
