{{/* The service's settings that are no secrets. */}}
{{- define "neotool.settings" -}}
{{- $prefix := upper .Values.name -}}
- name: {{ $prefix }}_HTTP_HOST
  value: 0.0.0.0
- name: {{ $prefix }}_HTTP_PORT
  value: {{ include "neotool.port" . | quote }}
- name: {{ $prefix }}_DRAIN_SECONDS
  value: {{ .Values.drainSeconds | quote }}
{{- if .Values.vault.ownLogin }}
- name: {{ $prefix }}_VAULT_ADDRESS
  value: {{ .Values.vault.address | quote }}
- name: {{ $prefix }}_VAULT_JWT_ROLE
  value: neotool-{{ .Values.name }}
- name: {{ $prefix }}_VAULT_JWT_FILE
  value: {{ include "neotool.vaultTokenFile" . }}
{{- end }}
{{- range $name, $value := .Values.settings }}
- name: {{ $prefix }}_{{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Waits for Vault and writes the secret settings into memory, for the container that comes after it. */}}
{{- define "neotool.settingsContainer" -}}
- name: settings
  image: {{ include "neotool.image" . | quote }}
  imagePullPolicy: IfNotPresent
  command: {{ include "neotool.command" . }}
  args: [packages/kit/src/ops/fetch-settings.ts]
  env:
    - name: SETTINGS_VAULT_ADDRESS
      value: {{ .Values.vault.address | quote }}
    - name: SETTINGS_VAULT_ROLE
      value: neotool-{{ .Values.name }}-settings
    - name: SETTINGS_TOKEN_FILE
      value: {{ include "neotool.vaultTokenFile" . }}
    - name: SETTINGS_PATH
      value: {{ .Values.name }}/settings
    - name: SETTINGS_FILE
      value: {{ include "neotool.settingsFile" . }}
    {{- if .Values.vault.caSecret }}
    {{- include "neotool.vaultCaVariable" . | nindent 4 }}
    {{- end }}
  volumeMounts:
    - name: settings
      mountPath: {{ include "neotool.settingsFile" . | dir }}
    {{- include "neotool.vaultMounts" . | nindent 4 }}
  # As much as the container after it: the pod needs the larger of the two, so it costs nothing.
  resources: {{- toYaml .Values.resources | nindent 4 }}
  securityContext: {{- include "neotool.securityContext" . | nindent 4 }}
{{- end }}

{{- define "neotool.vaultCaVariable" -}}
- name: NODE_EXTRA_CA_CERTS
  value: {{ include "neotool.vaultCaDirectory" . }}/ca.crt
{{- end }}

{{- define "neotool.vaultMounts" -}}
- name: vault-token
  mountPath: {{ include "neotool.vaultTokenFile" . | dir }}
  readOnly: true
{{- if .Values.vault.caSecret }}
- name: vault-ca
  mountPath: {{ include "neotool.vaultCaDirectory" . }}
  readOnly: true
{{- end }}
{{- end }}

{{- define "neotool.volumes" -}}
- name: settings
  emptyDir:
    # Secrets must not reach a disk.
    medium: Memory
    sizeLimit: 1Mi
- name: vault-token
  projected:
    sources:
      # Good for Vault alone, not for the Kubernetes API; the kubelet renews it.
      - serviceAccountToken:
          audience: vault
          expirationSeconds: 3600
          path: token
{{- with .Values.vault.caSecret }}
- name: vault-ca
  secret:
    secretName: {{ . }}
    # Not the key beside it.
    items: [{ key: ca.crt, path: ca.crt }]
{{- end }}
{{- end }}
