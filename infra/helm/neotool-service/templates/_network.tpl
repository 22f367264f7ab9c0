{{/* The pods of one name in one namespace, as a peer of a policy. */}}
{{- define "neotool.peer" -}}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .namespace }}
  podSelector:
    matchLabels:
      app.kubernetes.io/name: {{ .name }}
{{- end }}

{{- define "neotool.egressToDns" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
      podSelector:
        matchLabels:
          k8s-app: kube-dns
  ports:
    - { protocol: UDP, port: 53 }
    - { protocol: TCP, port: 53 }
{{- end }}

{{/* Call with the name of the pods, their namespace and their port. */}}
{{- define "neotool.egressTo" -}}
- to: {{- include "neotool.peer" . | nindent 4 }}
  ports:
    - { protocol: TCP, port: {{ .port }} }
{{- end }}
