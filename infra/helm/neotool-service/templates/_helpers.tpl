{{/* The service listens on this port, and its Service has the same. */}}
{{- define "neotool.port" -}}8080{{- end }}

{{/* Where the init container leaves the secret settings, and where the token for Vault is. */}}
{{- define "neotool.settingsFile" -}}/run/neotool/settings.env{{- end }}
{{- define "neotool.vaultTokenFile" -}}/var/run/secrets/vault/token{{- end }}
{{- define "neotool.vaultCaDirectory" -}}/etc/neotool/vault-ca{{- end }}

{{/*
After SIGTERM a service ends by itself within 25 s (packages/kit/src/shutdown.ts), drainSeconds among them. The kubelet
counts from before the preStop, so both must fit, with some room: else SIGKILL would come while requests are answered.
*/}}
{{- define "neotool.gracePeriodSeconds" -}}{{ add .Values.preStopSeconds 25 5 }}{{- end }}

{{/* The fewest pods that there are on purpose. */}}
{{- define "neotool.fewestReplicas" -}}
{{ ternary .Values.autoscaling.minReplicas .Values.replicas .Values.autoscaling.enabled }}
{{- end }}

{{/* The image from the list that Kustomize reads too; a digest is kept beside the tag, and then counts. */}}
{{- define "neotool.image" -}}
{{- $name := printf "neotool/%s" .Values.name -}}
{{- $image := dict -}}
{{- range .Values.images }}{{- if eq .name $name }}{{- $image = . }}{{- end }}{{- end -}}
{{- if not (or $image.newTag $image.digest) }}
{{- fail (printf "images names no tag of %s: add -f infra/kubernetes/overlays/<environment>/images/kustomization.yaml" $name) }}
{{- end -}}
{{- $image.newName | default $name -}}
{{- with $image.newTag }}:{{ . }}{{ end -}}
{{- with $image.digest }}@{{ . }}{{ end -}}
{{- end }}

{{/* Labels of an object; call with the root and the name of what it belongs to. */}}
{{- define "neotool.labels" -}}
{{ include "neotool.podLabels" .name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* Labels of pods: no version of the chart among them, which would roll pods that have not changed. */}}
{{- define "neotool.podLabels" -}}
app.kubernetes.io/name: {{ . }}
app.kubernetes.io/part-of: neotool
{{- end }}

{{- define "neotool.podSecurityContext" -}}
runAsNonRoot: true
# The user `node` of the image.
runAsUser: 1000
runAsGroup: 1000
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "neotool.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* Runs node on what `args` names. A crash must not write its memory, and the secrets in it, to a file. */}}
{{- define "neotool.command" -}}
[sh, -c, 'ulimit -c 0; exec "$0" "$@"', node]
{{- end }}

{{/* Call with the weight. */}}
{{- define "neotool.migrationHook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ . | quote }}
{{- end }}
