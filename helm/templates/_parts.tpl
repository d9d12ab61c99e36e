{{/* Labels of one part: (dict "root" $ "part" "web") */}}
{{- define "tiepdan.selector" -}}
app.kubernetes.io/name: tiepdan
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "tiepdan.labels" -}}
{{ include "tiepdan.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "tiepdan.name" -}}
{{ printf "%s-%s" .root.Release.Name .part | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "tiepdan.claim" -}}
{{ .Values.attachments.existingClaim | default (printf "%s-attachments" .Release.Name) }}
{{- end }}

{{/* Settings of the pod: the same for all parts. */}}
{{- define "tiepdan.pod" -}}
serviceAccountName: {{ .Release.Name }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .Values.podSecurity.userId }}
  runAsGroup: {{ .Values.podSecurity.groupId }}
  fsGroup: {{ .Values.podSecurity.groupId }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Image and rights of a container. */}}
{{- define "tiepdan.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{/* The application's environment. The owner's address is not in it. */}}
{{- define "tiepdan.environment" -}}
- name: TIEPDAN_ENVIRONMENT
  value: production
{{- range list "DATABASE_URL" "REDIS_URL" "TIEPDAN_SECRET_KEY" "TIEPDAN_ROOT_KEY" }}
- name: {{ . }}
  valueFrom:
    secretKeyRef:
      name: {{ $.Values.secrets.application }}
      key: {{ . }}
{{- end }}
{{- range list "SENTRY_DSN" "TIEPDAN_SMTP_URL" "TIEPDAN_MAIL_FROM" }}
- name: {{ . }}
  valueFrom:
    secretKeyRef:
      name: {{ $.Values.secrets.application }}
      key: {{ . }}
      optional: true
{{- end }}
{{- with .Values.settings.baseDomain }}
- name: TIEPDAN_BASE_DOMAIN
  value: {{ . }}
{{- end }}
- name: TIEPDAN_TRUSTED_PROXIES
  value: {{ .Values.settings.trustedProxies | quote }}
- name: TIEPDAN_LOG_LEVEL
  value: {{ .Values.settings.logLevel }}
- name: TIEPDAN_ATTACHMENTS
  value: /var/lib/tiepdan/attachments
- name: TIEPDAN_METRICS_PORT
  value: {{ .Values.metrics.enabled | ternary .Values.metrics.port 0 | quote }}
- name: PROMETHEUS_MULTIPROC_DIR
  value: /run/metrics
{{- end }}

{{- define "tiepdan.owner" -}}
- name: DATABASE_OWNER_URL
  valueFrom:
    secretKeyRef:
      name: {{ .Values.secrets.owner }}
      key: DATABASE_OWNER_URL
{{- end }}

{{/* The root filesystem is read-only; these folders are not. */}}
{{- define "tiepdan.mounts" -}}
- name: scratch
  mountPath: /tmp
- name: metrics
  mountPath: /run/metrics
- name: attachments
  mountPath: /var/lib/tiepdan/attachments
{{- end }}

{{- define "tiepdan.volumes" -}}
- name: scratch
  emptyDir:
    sizeLimit: 1Gi
- name: metrics
  emptyDir:
    medium: Memory
    sizeLimit: 64Mi
- name: attachments
  persistentVolumeClaim:
    claimName: {{ include "tiepdan.claim" . }}
{{- end }}

{{/* A job before the volumes and pods of the release exist: it keeps nothing. */}}
{{- define "tiepdan.jobVolumes" -}}
- name: scratch
  emptyDir:
    sizeLimit: 1Gi
- name: metrics
  emptyDir:
    medium: Memory
    sizeLimit: 64Mi
- name: attachments
  emptyDir:
    sizeLimit: 64Mi
{{- end }}

{{/* Serves what the other containers of the pod count. */}}
{{- define "tiepdan.metricsContainer" -}}
{{- if .Values.metrics.enabled }}
- name: metrics
  {{- include "tiepdan.container" . | nindent 2 }}
  command: [tiepdan, metrics, --address, "0.0.0.0"]
  env:
    - name: TIEPDAN_METRICS_PORT
      value: {{ .Values.metrics.port | quote }}
    - name: PROMETHEUS_MULTIPROC_DIR
      value: /run/metrics
  ports:
    - name: metrics
      containerPort: {{ .Values.metrics.port }}
  resources:
    requests: {cpu: 10m, memory: 128Mi}
    limits: {memory: 256Mi}
  volumeMounts:
    - name: metrics
      mountPath: /run/metrics
    - name: scratch
      mountPath: /tmp
{{- end }}
{{- end }}
