import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Binaries, binariesDirectory, cacheDirectory, fetchBinaries } from '@neotool/platform/cache'
import { PlatformError } from '@neotool/platform/failure'
import { runCommand } from '@neotool/platform/run-command'
import { execa } from 'execa'
import { withPackages } from './packages.ts'
import type { Suite, SuiteOptions } from './suite.ts'
import { runProject } from './vitest.ts'

const ensureProtoc = withPackages('Apollo Router is built with protoc', {
  'protobuf-compiler': 'protoc',
  // The definitions that protoc's users import, in a folder.
  'libprotobuf-dev': '/usr/include/google/protobuf',
})

/** Apollo Router comes from no registry as a program: it is built from its crate, by the lock file that is in it. */
const apolloRouter: Binaries = {
  title: 'Apollo Router',
  name: 'apollo-router',
  // That of the image which the overlays in infra/kubernetes name.
  version: '2.17.0',
  async install(directory, progress, signal = new AbortController().signal) {
    await ensureCargo()
    await ensureProtoc(signal)
    // A build that was interrupted goes on where it was.
    const target = join(cacheDirectory(), `${apolloRouter.name}-${apolloRouter.version}-build`)
    const { name, version } = apolloRouter
    await runCommand('cargo', ['install', name, '--version', version, '--locked', '--no-track', '--root', directory], {
      cwd: directory,
      env: { ...process.env, CARGO_TARGET_DIR: target },
      signal,
      onLine: (line) => progress(line.trim()),
      reason: 'download',
      advice: 'Cargo needs a way to crates.io: directly, or by a mirror in its configuration.',
    })
    await rm(target, { recursive: true, force: true })
  },
}

const ensureCargo = async (): Promise<void> => {
  const { exitCode } = await execa('cargo', ['--version'], { reject: false })
  if (exitCode === 0) return
  throw new PlatformError('Apollo Router is built with Rust, and cargo was not found.', {
    reason: 'prerequisite',
    advice: 'Install Rust 1.95 or later (https://rustup.rs), or name a router that is there by --router-binary PATH.',
  })
}

/** Prints each step of the build once, so that twenty minutes show some life. */
const printedOnce = () => {
  let last = ''
  return (text: string) => {
    if (text !== last) console.log(text)
    last = text
  }
}

const binaryOf = async ({ routerBinary, signal }: SuiteOptions): Promise<string> => {
  if (routerBinary !== undefined) return resolve(routerBinary)
  await fetchBinaries(apolloRouter, printedOnce(), signal)
  return join(binariesDirectory(apolloRouter), 'bin/router')
}

/** The conformance of the gateways, tried on a real Apollo Router. */
export const routerSuite: Suite = {
  name: 'router',
  about: 'what every gateway must do, tried on a real Apollo Router; without --router-binary it is built, 20 min',
  isOnDemand: true,
  run: async (options) => {
    const binary = await binaryOf(options)
    const { exitCode, all } = await execa(binary, ['--version'], { reject: false, all: true })
    if (exitCode !== 0) {
      throw new PlatformError(`${binary} is no router that runs here: ${all || 'it cannot be executed'}`, {
        advice:
          'Name the program of Apollo Router 2.17.0 by --router-binary, or leave the option out to have it built.',
      })
    }
    console.log(`${binary}: ${all}`)
    return runProject('conformance', options, {
      NEOTOOL_GATEWAY_ENGINE: 'apollo-router',
      NEOTOOL_ROUTER_BINARY: binary,
    })
  },
}
