/** Something that is wrong with a manifest. */
export type Finding = {
  /** The rule, by a name that infra/checks/exceptions.yaml may give: `pod-security`, `kube-score/…`, `CKV_K8S_…`. */
  readonly rule: string
  /** As `nameOf` says it. */
  readonly object: string
  /** What is wrong, and with which value. */
  readonly problem: string
}

export type EnvironmentFindings = { readonly environment: string; readonly findings: readonly Finding[] }

/** One line for a person. */
export const inWords = ({ rule, object, problem }: Finding): string => `${object}: ${problem} (${rule})`
