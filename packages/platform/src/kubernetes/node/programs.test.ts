import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseObjects } from '../objects.ts'
import { addOnImages } from './add-ons.ts'
import { nodeFiles, nodeLayout } from './layout.ts'
import {
  apiServer,
  containerd,
  controllerManager,
  etcd,
  kubelet,
  kubeProxy,
  NODE_ADDRESS,
  POD_ADDRESSES,
  SERVICE_ADDRESSES,
  scheduler,
} from './programs.ts'

const layout = nodeLayout('/var/lib/node')
const read = (name: string) => readFileSync(join(nodeFiles, name), 'utf8')
const programs = [etcd, apiServer, controllerManager, scheduler, containerd, kubelet, kubeProxy].map((of) => of(layout))

test('every program keeps what it writes in the directory of the node, and its secrets', () => {
  const paths = programs.flatMap(({ args }) => args.flatMap((arg) => /=(\/.+)/.exec(arg)?.[1] ?? []))
  expect(paths.length).toBeGreaterThan(10)
  expect(paths.filter((path) => !path.startsWith('/var/lib/node/'))).toEqual([])
})

test("the files agree with the programs' arguments on every address", () => {
  const kubeletSettings = z
    .looseObject({ address: z.string(), clusterDNS: z.tuple([z.string()]) })
    .parse(parse(read('kubelet.yaml')))
  expect(kubeletSettings.address).toBe(NODE_ADDRESS)
  expect(read('cni/neotool.conflist')).toContain(`"subnet": "${POD_ADDRESSES}"`)
  const dns = parseObjects(read('add-ons/coredns.yaml')).find(({ kind }) => kind === 'Service')
  expect(dns?.spec).toMatchObject({ clusterIP: kubeletSettings.clusterDNS[0] })
  expect(kubeletSettings.clusterDNS[0]?.startsWith(SERVICE_ADDRESSES.replace('0.0/16', ''))).toBe(true)
})

test('every image that the add-ons and containerd name is one that the node makes', () => {
  const made = addOnImages().map(({ name }) => name.replace('docker.io/', ''))
  const files = ['coredns', 'metrics-server', 'local-path'].map((name) => read(`add-ons/${name}.yaml`))
  const named = [...files, read('containerd.toml')].flatMap((text) =>
    [...text.matchAll(/\b(?:sandbox_image =|image:) "?([\w./:-]+)/g)].flatMap(([, image]) => image ?? []),
  )
  expect(new Set(named)).toEqual(new Set(made))
})
