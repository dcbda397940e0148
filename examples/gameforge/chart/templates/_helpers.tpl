{{/* Deployment and Service of one track; call with (dict "root" $ "track" "stable" "image" … "replicas" … "env" …). */}}
{{- define "gameforge.track" -}}
{{- $name := printf "%s-%s" .root.Release.Name .track -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  labels:
    app.kubernetes.io/name: gameforge
    app.kubernetes.io/instance: {{ .root.Release.Name }}
    slipway.dev/track: {{ .track }}
spec:
  replicas: {{ .replicas }}
  # Below Helm's time limit, so that a rollout that hangs is seen as failed and not only as late.
  progressDeadlineSeconds: 60
  selector:
    matchLabels:
      app.kubernetes.io/instance: {{ .root.Release.Name }}
      slipway.dev/track: {{ .track }}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: gameforge
        app.kubernetes.io/instance: {{ .root.Release.Name }}
        slipway.dev/track: {{ .track }}
        {{- with .root.Values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: api
          image: {{ printf "%s@%s" .image.repository .image.digest | quote }}
          ports:
            - { name: http, containerPort: 8080 }
          env:
            - { name: PORT, value: "8080" }
            {{- range $key, $value := merge (dict) .env .root.Values.env }}
            - { name: {{ $key }}, value: {{ $value | quote }} }
            {{- end }}
          readinessProbe:
            httpGet: { path: /readyz, port: http }
          livenessProbe:
            httpGet: { path: /healthz, port: http }
          resources:
            requests: { cpu: 100m, memory: 64Mi }
            limits: { memory: 256Mi }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
spec:
  selector:
    app.kubernetes.io/instance: {{ .root.Release.Name }}
    slipway.dev/track: {{ .track }}
  ports:
    - { name: http, port: 80, targetPort: http }
{{- end }}
