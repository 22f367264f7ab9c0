import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findDanglingSelectors, findDeadAddresses } from '@neotool/platform/kubernetes/checks/addresses'
import { findWrongBudgets, findWrongScaling } from '@neotool/platform/kubernetes/checks/availability'
import { findTightQuotas, findWhatDoesNotFit } from '@neotool/platform/kubernetes/checks/capacity'
import { clusterFacts } from '@neotool/platform/kubernetes/checks/cluster-facts'
import { readConnectionTable } from '@neotool/platform/kubernetes/checks/connection-table'
import { findWrongConnections } from '@neotool/platform/kubernetes/checks/connections'
import type { Finding } from '@neotool/platform/kubernetes/checks/finding'
import { findForeignSettings } from '@neotool/platform/kubernetes/checks/foreign-settings'
import { findInexactImages, findNeedlessPulls } from '@neotool/platform/kubernetes/checks/images'
import { findUnreadMonitors } from '@neotool/platform/kubernetes/checks/monitors'
import {
  findOpenNamespaces,
  findStrayLabels,
  findTwins,
  findUnrestrictedPods,
} from '@neotool/platform/kubernetes/checks/pods'
import { findPortsNobodyListensOn, findServicePortsWithoutTarget } from '@neotool/platform/kubernetes/checks/ports'
import { findMissingEntries } from '@neotool/platform/kubernetes/checks/programs'
import {
  findMissingParts,
  findMissingReferences,
  findSecretsInManifests,
} from '@neotool/platform/kubernetes/checks/references'
import { findStaleSupergraph, findUnhashedConfiguration } from '@neotool/platform/kubernetes/checks/rollouts'
import { findWrongSettings } from '@neotool/platform/kubernetes/checks/settings'
import { findWrongStorage } from '@neotool/platform/kubernetes/checks/storage'
import { findWrongLogins, readVaultLogins } from '@neotool/platform/kubernetes/checks/vault-logins'
import { type Environment, readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import type { KubernetesObject } from '@neotool/platform/kubernetes/objects'
import { imagesFileIn } from '@neotool/platform/kubernetes/releases'
import { parse } from 'yaml'
import { knownSecrets, secretSettings } from './bootstrap.ts'
import { root } from './root.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

export const architecture = read('docs/architecture.md')

/** All that the rules of our own find in the objects of an environment. */
export const findByOurRules = async (
  objects: readonly KubernetesObject[],
  environment: string | Environment,
  page = architecture,
): Promise<Finding[]> => {
  const known = typeof environment === 'string' ? readEnvironmentFile(root, environment) : environment
  const { nodes, spare, node, storageClasses } = clusterFacts(root, known)
  const found = await Promise.all([
    findDeadAddresses(objects),
    findDanglingSelectors(objects),
    findWrongBudgets(objects),
    findWrongScaling(objects, known.replicas.services),
    findTightQuotas(objects, nodes),
    findWhatDoesNotFit(objects, nodes - spare, node),
    findWrongConnections(objects, readConnectionTable(page, known.kind)),
    findForeignSettings(objects),
    findInexactImages(objects, parse(readFileSync(imagesFileIn(root, known), 'utf8'))),
    findNeedlessPulls(objects),
    findUnreadMonitors(objects),
    findOpenNamespaces(objects),
    findStrayLabels(objects),
    findTwins(objects),
    findUnrestrictedPods(objects),
    findPortsNobodyListensOn(objects),
    findServicePortsWithoutTarget(objects),
    findMissingEntries(objects, root),
    findMissingParts(objects),
    findMissingReferences(objects, knownSecrets(environment)),
    findSecretsInManifests(objects),
    findStaleSupergraph(objects, read('contracts/supergraph.graphql')),
    findUnhashedConfiguration(objects),
    findWrongSettings(objects, { root, secretSettings: secretSettings(environment) }),
    findWrongStorage(objects, storageClasses),
    readVaultLogins(root).then((logins) => findWrongLogins(objects, logins)),
  ])
  return found.flat()
}
