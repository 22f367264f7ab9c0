/** The programs of a node and what each is told. All listen inside the node's own network, on their usual ports. */
import { kubernetesProgram } from '../../binaries/kubernetes.ts'
import type { NodeLayout } from './layout.ts'

export const NODE_NAME = 'node1'
export const NODE_ADDRESS = '10.77.0.1'
export const API_PORT = 6443
/** The first address of the services' range is the API's; CoreDNS has 10.96.0.10, which the kubelet tells the pods. */
export const API_SERVICE_ADDRESS = '10.96.0.1'
export const SERVICE_ADDRESSES = '10.96.0.0/16'
/** As in cni/neotool.conflist. */
export const POD_ADDRESSES = '10.78.0.0/24'
const ETCD = 'http://127.0.0.1:2379'

export type NodeProgram = { readonly name: string; readonly command: string; readonly args: readonly string[] }

export const etcd = ({ directory }: NodeLayout): NodeProgram => ({
  name: 'etcd',
  command: 'etcd',
  args: [
    `--data-dir=${directory}/etcd`,
    `--listen-client-urls=${ETCD}`,
    `--advertise-client-urls=${ETCD}`,
    // What it holds is thrown away.
    '--unsafe-no-fsync',
  ],
})

export const apiServer = ({ certificates }: NodeLayout): NodeProgram => ({
  name: 'kube-apiserver',
  command: kubernetesProgram('kube-apiserver'),
  args: [
    `--etcd-servers=${ETCD}`,
    '--bind-address=0.0.0.0',
    `--secure-port=${API_PORT}`,
    `--advertise-address=${NODE_ADDRESS}`,
    `--service-cluster-ip-range=${SERVICE_ADDRESSES}`,
    `--tls-cert-file=${certificates}/apiserver.crt`,
    `--tls-private-key-file=${certificates}/apiserver.key`,
    `--client-ca-file=${certificates}/ca.crt`,
    `--service-account-key-file=${certificates}/service-accounts.pub`,
    `--service-account-signing-key-file=${certificates}/service-accounts.key`,
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--allow-privileged=true',
    `--kubelet-client-certificate=${certificates}/kubelet-client.crt`,
    `--kubelet-client-key=${certificates}/kubelet-client.key`,
    `--kubelet-certificate-authority=${certificates}/ca.crt`,
    '--kubelet-preferred-address-types=InternalIP',
    // How the aggregated API of metrics-server knows who asks.
    `--requestheader-client-ca-file=${certificates}/ca.crt`,
    '--requestheader-allowed-names=front-proxy',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-username-headers=X-Remote-User',
    `--proxy-client-cert-file=${certificates}/front-proxy.crt`,
    `--proxy-client-key-file=${certificates}/front-proxy.key`,
  ],
})

const withKubeconfig = (kubeconfig: string) => [
  `--kubeconfig=${kubeconfig}`,
  `--authentication-kubeconfig=${kubeconfig}`,
  `--authorization-kubeconfig=${kubeconfig}`,
  '--bind-address=127.0.0.1',
  // There is no other.
  '--leader-elect=false',
]

export const controllerManager = (layout: NodeLayout): NodeProgram => ({
  name: 'kube-controller-manager',
  command: kubernetesProgram('kube-controller-manager'),
  args: [
    ...withKubeconfig(layout.kubeconfigOf('controller-manager')),
    '--use-service-account-credentials',
    `--service-account-private-key-file=${layout.certificates}/service-accounts.key`,
    `--root-ca-file=${layout.certificates}/ca.crt`,
    // Tests wait for what it decides: the default is 15 s.
    '--horizontal-pod-autoscaler-sync-period=5s',
  ],
})

export const scheduler = (layout: NodeLayout): NodeProgram => ({
  name: 'kube-scheduler',
  command: kubernetesProgram('kube-scheduler'),
  args: withKubeconfig(layout.kubeconfigOf('scheduler')),
})

export const containerd = ({ directory }: NodeLayout): NodeProgram => ({
  name: 'containerd',
  command: 'containerd',
  args: [`--config=${directory}/containerd.toml`],
})

export const kubelet = (layout: NodeLayout): NodeProgram => ({
  name: 'kubelet',
  command: kubernetesProgram('kubelet'),
  args: [
    `--kubeconfig=${layout.kubeconfigOf('kubelet')}`,
    `--config=${layout.directory}/kubelet.yaml`,
    `--root-dir=${layout.directory}/kubelet`,
    `--cert-dir=${layout.directory}/kubelet-certificates`,
    `--hostname-override=${NODE_NAME}`,
    `--node-ip=${NODE_ADDRESS}`,
  ],
})

export const kubeProxy = (layout: NodeLayout): NodeProgram => ({
  name: 'kube-proxy',
  command: kubernetesProgram('kube-proxy'),
  args: [
    `--kubeconfig=${layout.kubeconfigOf('proxy')}`,
    '--proxy-mode=iptables',
    `--hostname-override=${NODE_NAME}`,
    `--cluster-cidr=${POD_ADDRESSES}`,
    // These belong to the whole machine, which is not the node's.
    '--conntrack-max-per-core=0',
    '--conntrack-tcp-timeout-established=0',
    '--conntrack-tcp-timeout-close-wait=0',
    '--healthz-bind-address=127.0.0.1:10256',
    '--metrics-bind-address=127.0.0.1:10249',
  ],
})
