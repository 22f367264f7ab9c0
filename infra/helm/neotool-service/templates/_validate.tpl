{{/* What a JSON schema cannot say: rules between values. Each message names the values and what to do. */}}
{{- define "neotool.validate" -}}
{{- if ne .Values.name .Release.Name }}
{{- fail (printf "release %q got the values of %q: its name must be the service's; add -f infra/helm/values/%s.yaml" .Release.Name .Values.name .Release.Name) }}
{{- end }}
{{- with .Values.autoscaling }}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) }}
{{- fail (printf "autoscaling.minReplicas (%d) is above autoscaling.maxReplicas (%d): lower the one or raise the other" (int .minReplicas) (int .maxReplicas)) }}
{{- end }}
{{- end }}
{{- $fewest := include "neotool.fewestReplicas" . | int }}
{{- $disrupted := int .Values.podDisruptionBudget.maxUnavailable }}
{{- if and (gt $fewest 1) (ge $disrupted $fewest) }}
{{- fail (printf "podDisruptionBudget.maxUnavailable (%d) lets a drain end all %d pods at once: keep it below the smallest number of replicas" $disrupted $fewest) }}
{{- end }}
{{- $memory := .Values.resources.limits.memory }}
{{- $memoryMb := include "neotool.mebibytes" $memory | int }}
{{- $requested := .Values.resources.requests.memory }}
{{- if gt (include "neotool.mebibytes" $requested | int) $memoryMb }}
{{- fail (printf "resources.requests.memory (%s) is above resources.limits.memory (%s): lower the one or raise the other" $requested $memory) }}
{{- end }}
{{- if ge (int .Values.heapLimitMb) $memoryMb }}
{{- fail (printf "heapLimitMb (%d) is not below resources.limits.memory (%s): the container would be killed before V8 collects" (int .Values.heapLimitMb) $memory) }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}
{{- fail "ingress.enabled needs ingress.host: without it the service would answer for every host" }}
{{- end }}
{{- end }}

{{/* A quantity such as 512Mi or 1Gi, in MiB. */}}
{{- define "neotool.mebibytes" -}}
{{- $number := regexFind "^[0-9]+" . | int }}
{{- if hasSuffix "Gi" . }}{{ mul $number 1024 }}{{ else }}{{ $number }}{{ end }}
{{- end }}
