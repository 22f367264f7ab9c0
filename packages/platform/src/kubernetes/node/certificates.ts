/** A throwaway authority and the certificates of everything in a node that talks to something else in it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../../run-command.ts'
import type { NodeLayout } from './layout.ts'
import { API_PORT, API_SERVICE_ADDRESS, NODE_ADDRESS, NODE_NAME } from './programs.ts'

type Certificate = { readonly name: string; readonly subject: string; readonly names?: readonly string[] }

const apiNames = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local']

const certificates: readonly Certificate[] = [
  {
    name: 'apiserver',
    subject: '/CN=kube-apiserver',
    names: [
      ...apiNames.map((name) => `DNS:${name}`),
      ...['127.0.0.1', API_SERVICE_ADDRESS, NODE_ADDRESS].map((address) => `IP:${address}`),
    ],
  },
  {
    name: 'kubelet',
    subject: `/O=system:nodes/CN=system:node:${NODE_NAME}`,
    names: [`DNS:${NODE_NAME}`, `IP:${NODE_ADDRESS}`],
  },
  { name: 'admin', subject: '/O=system:masters/CN=admin' },
  { name: 'controller-manager', subject: '/CN=system:kube-controller-manager' },
  { name: 'scheduler', subject: '/CN=system:kube-scheduler' },
  { name: 'proxy', subject: '/CN=system:kube-proxy' },
  { name: 'kubelet-client', subject: '/O=system:masters/CN=kube-apiserver-kubelet-client' },
  { name: 'front-proxy', subject: '/CN=front-proxy' },
]

const users = ['kubelet', 'controller-manager', 'scheduler', 'proxy']

/** Access to an API server on a port of this network, all in one file. */
export const kubeconfigFor = (
  port: number,
  { ca, certificate, key }: { ca: Buffer; certificate: Buffer; key: Buffer },
): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'neotool',
        cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': ca.toString('base64') },
      },
    ],
    users: [
      {
        name: 'neotool',
        user: {
          'client-certificate-data': certificate.toString('base64'),
          'client-key-data': key.toString('base64'),
        },
      },
    ],
    contexts: [{ name: 'neotool', context: { cluster: 'neotool', user: 'neotool' } }],
    'current-context': 'neotool',
  })

/** The kubeconfig of a user whose certificate was made. */
export const readKubeconfig = async ({ certificates: directory }: NodeLayout, user: string, port: number) => {
  const [ca, certificate, key] = await Promise.all(
    ['ca.crt', `${user}.crt`, `${user}.key`].map((file) => readFile(join(directory, file))),
  )
  return kubeconfigFor(port, { ca: ca as Buffer, certificate: certificate as Buffer, key: key as Buffer })
}

/** Makes all certificates and keys, and the kubeconfigs of the node's own parts. */
export const makeCertificates = async (layout: NodeLayout, signal?: AbortSignal): Promise<void> => {
  const directory = layout.certificates
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const openssl = (...args: string[]) => runCommand('openssl', args, { cwd: directory, signal })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const days = ['-days', '30']
  await openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', ...days, '-subj', '/CN=neotool-node')
  const make = async ({ name, subject, names }: Certificate, serial: number) => {
    const extensions = [
      'extendedKeyUsage=serverAuth,clientAuth',
      ...(names ? [`subjectAltName=${names.join(',')}`] : []),
    ]
    await writeFile(join(directory, `${name}.extensions`), extensions.join('\n'))
    await openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject)
    const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-set_serial', String(serial), ...days]
    const files = ['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', `${name}.extensions`]
    await openssl('x509', '-req', ...files, ...signed)
  }
  // RSA, as K3s has it: what checks a pod's token in the tests is what will check it there.
  const makeTokenKey = async () => {
    await openssl('genrsa', '-out', 'service-accounts.key', '2048')
    await openssl('rsa', '-in', 'service-accounts.key', '-pubout', '-out', 'service-accounts.pub')
  }
  await Promise.all([makeTokenKey(), ...certificates.map((certificate, index) => make(certificate, index + 2))])
  for (const user of users)
    await writeFile(layout.kubeconfigOf(user), await readKubeconfig(layout, user, API_PORT), { mode: 0o600 })
}
