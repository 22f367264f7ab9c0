import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/** Looks for what is risky in manifests. Built on this machine in about a minute. */
export const kubeScore: GoProgram = {
  title: 'kube-score',
  name: 'kube-score',
  version: '1.20.0',
  module: 'github.com/zegl/kube-score/cmd/kube-score',
  oldestGo: [1, 24, 0],
}

export const kubeScoreBinaries = goBinaries(kubeScore)

/** The program, whether or not it has been built yet. */
export const kubeScoreProgram = (): string => join(binariesDirectory(kubeScoreBinaries), 'kube-score')
