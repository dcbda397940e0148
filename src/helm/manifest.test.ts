import { describe, expect, it } from '@jest/globals';
import { readManifest } from './manifest.ts';
import { isImage, unpinned } from './rendered.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('the containers of a manifest', () => {
  it('are found in every object, init containers and hooks included', () => {
    const { containers, workloads } = readManifest(`---
# Source: game/templates/api.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      initContainers: [{ name: migrate, image: migrate@${digest} }]
      containers:
        - { name: api, image: "registry.test/game@${digest}" }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: sweep }
spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: s, image: busybox }] } } } } }
---
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Pod, metadata: { name: lone }, spec: { containers: [{ name: l, image: lone:1 }] } }
  - kind: StatefulSet
    metadata: { name: db, namespace: elsewhere }
    spec: { template: { spec: { containers: [{ name: pg, image: postgres:17 }] } } }
---
apiVersion: example.test/v1
kind: GameServer
metadata: { name: arena }
spec: { servers: [{ template: { containers: [{ name: g, image: arena:2 }] } }] }
`);
    expect(containers.map(({ resource, name, image }) => `${resource} ${name} ${image}`)).toEqual([
      `deployment/web migrate migrate@${digest}`,
      `deployment/web api registry.test/game@${digest}`,
      'cronjob/sweep s busybox',
      'pod/lone l lone:1',
      'statefulset/db pg postgres:17',
      'gameserver/arena g arena:2',
    ]);
    expect(workloads.map(({ kind, name, namespace }) => [kind, name, namespace])).toEqual([
      ['Deployment', 'web', ''],
      ['StatefulSet', 'db', 'elsewhere'],
    ]);
    expect(workloads[0]?.containers).toHaveLength(2);
  });

  it('are not the words of a schema or of settings', () => {
    const { containers } = readManifest(`
kind: CustomResourceDefinition
metadata: { name: games.example.test }
spec: { versions: [{ schema: { properties: { containers: { type: array, items: { type: object } } } } }] }
---
kind: ConfigMap
metadata: { name: settings }
data: { containers: 'image: busybox' }
---
kind: ConfigMap
metadata: { name: numbers }
data: { containers: [1, 2] }
`);
    expect(containers).toEqual([]);
  });

  it('of nothing are none', () => {
    expect(readManifest('\n---\n# HIDDEN: The Secret output has been suppressed\n')).toEqual({
      containers: [],
      workloads: [],
    });
  });
});

it.each([
  [`game@${digest}`, true],
  [`registry.test:5000/octo/game:1.0@${digest}`, true],
  ['game', false],
  ['game:1.0', false],
  ['game@sha256:abc', false],
  [`game@${digest.toUpperCase()}`, false],
  [`game@${digest} `, false],
  ['', false],
])('%j is pinned: %s', (image, pinned) => {
  expect(unpinned([{ resource: 'pod/x', name: 'x', image }]).length === 0).toBe(pinned);
});

it.each([
  [`registry.test:5000/octo/game@${digest}`, true],
  [`registry.test:5000/octo/game:1.0@${digest}`, true],
  [`registry.test:5000/octo/other@${digest}`, false],
  [`registry.test:5000/octo/game@sha256:${'b'.repeat(64)}`, false],
  ['registry.test:5000/octo/game:1.0', false],
])('%s names the released image: %s', (reference, same) => {
  expect(isImage(reference, { name: 'registry.test:5000/octo/game', digest })).toBe(same);
});
