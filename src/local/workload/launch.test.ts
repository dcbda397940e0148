import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pod } from '../../../test/support/pod.ts';
import { environmentOf, expand, type ReadData } from './environment.ts';
import type { ImageConfig } from './image.ts';
import { commandOf, unsupported, userOf } from './launch.ts';
import type { Container, PodSpec } from './pod.ts';

describe('what a container starts', () => {
  const image: ImageConfig = { Entrypoint: ['/entry'], Cmd: ['default'] };
  it.each<[string, Partial<Container>, ImageConfig, string[]]>([
    ['the image says', {}, image, ['/entry', 'default']],
    ['command replaces both', { command: ['/own'] }, image, ['/own']],
    ['args replace the arguments', { args: ['x'] }, image, ['/entry', 'x']],
    ['command and args', { command: ['/own'], args: ['x'] }, image, ['/own', 'x']],
    [
      'an image without an entry point',
      {},
      { Cmd: ['/bin/sh', '-c', 'echo $(date)'] },
      ['/bin/sh', '-c', 'echo $(date)'],
    ],
    [
      'variables in the pod',
      { args: ['$(NAME)', '$$(NAME)', '$(NONE)'] },
      image,
      ['/entry', 'value', '$(NAME)', '$(NONE)'],
    ],
    ['no variables in the image', {}, { Cmd: ['$(NAME)'] }, ['$(NAME)']],
  ])('%s', (_, container, config, command) => {
    expect(commandOf(pod(container).spec.containers[0]!, config, { NAME: 'value' })).toEqual(command);
  });

  it('is refused when nobody says it', () => {
    expect(() => commandOf(pod().spec.containers[0]!, {}, {})).toThrow(/neither the pod nor the image/);
  });
});

describe('variables in a text', () => {
  it.each([
    ['a$(B)c', 'aXc'],
    ['$(B)$(B)', 'XX'],
    ['$$(B)', '$(B)'],
    ['$B ${B} $(', '$B ${B} $('],
    ['$(C)', '$(C)'],
  ])('%s becomes %s', (text, expected) => expect(expand(text, { B: 'X' })).toBe(expected));
});

describe('the environment of a container', () => {
  const stored: Record<string, Record<string, string>> = {
    'configmaps/settings': { MODE: 'fast', LEVEL: '3' },
    'secrets/login': { password: 'hunter2' },
  };
  const read: ReadData = (kind, name) => Promise.resolve(stored[`${kind}/${name}`]);
  const environment = (container: Partial<Container>, image: string[] = []) => {
    const subject = pod(container);
    return environmentOf(image, subject.spec.containers[0]!, subject, '10.244.0.1', read);
  };

  it("holds the image's values, then envFrom, then env", async () => {
    await expect(
      environment(
        {
          envFrom: [{ configMapRef: { name: 'settings' } }, { prefix: 'DB_', secretRef: { name: 'login' } }],
          env: [
            { name: 'MODE', value: 'slow' },
            { name: 'URL', value: 'http://$(POD_IP)/$(MODE)' },
          ],
        },
        ['PATH=/bin', 'MODE=image', 'EQUALS=a=b', 'POD_IP=1.2.3.4'],
      ),
    ).resolves.toEqual({
      HOSTNAME: 'web-1',
      PATH: '/bin',
      EQUALS: 'a=b',
      POD_IP: '1.2.3.4',
      LEVEL: '3',
      DB_password: 'hunter2',
      MODE: 'slow',
      URL: 'http://1.2.3.4/slow',
    });
  });

  it('holds fields of the pod and single keys', async () => {
    const from = (name: string, valueFrom: object) => ({ name, valueFrom });
    await expect(
      environment({
        env: [
          from('POD', { fieldRef: { fieldPath: 'metadata.name' } }),
          from('IP', { fieldRef: { fieldPath: 'status.podIP' } }),
          from('APP', { fieldRef: { fieldPath: "metadata.labels['app']" } }),
          from('PASSWORD', { secretKeyRef: { name: 'login', key: 'password' } }),
          from('NONE', { configMapKeyRef: { name: 'settings', key: 'none', optional: true } }),
        ],
      }),
    ).resolves.toEqual({ HOSTNAME: 'web-1', POD: 'web-1', IP: '10.244.0.1', APP: 'web', PASSWORD: 'hunter2' });
  });

  it.each<[string, Partial<Container>, RegExp]>([
    ['a ConfigMap', { envFrom: [{ configMapRef: { name: 'none' } }] }, /no configmap none/],
    [
      'a key',
      { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'login', key: 'b' } } }] },
      /no secret login with key b/,
    ],
    [
      'a field',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.x' } } }] },
      /does not support the field spec\.x/,
    ],
    ['a source', { env: [{ name: 'A', valueFrom: { resourceFieldRef: {} } }] }, /source of the variable A/],
    ["the linker's variables", { env: [{ name: 'LD_PRELOAD', value: '/x.so' }] }, /LD_PRELOAD/],
  ])('is refused when it cannot be had: %s', async (_, container, message) => {
    await expect(environment(container)).rejects.toThrow(message);
  });
});

describe('the user of a container', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'slipway-user-'));
    mkdirSync(join(root, 'etc'));
    writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0::/:/bin/sh\nweb:x:1000:1001::/:/bin/sh\n');
    writeFileSync(join(root, 'etc/group'), 'staff:x:50:\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const user = (User: string, container: Partial<Container> = {}, spec: Partial<PodSpec> = {}) => {
    const subject = pod(container, spec);
    return userOf(subject, subject.spec.containers[0]!, { root, digest: '', config: { User } });
  };

  it.each([
    ['', { uid: 0, gid: 0 }],
    ['web', { uid: 1000, gid: 1001 }],
    ['web:staff', { uid: 1000, gid: 50 }],
    ['1000', { uid: 1000, gid: 1001 }],
    ['7', { uid: 7, gid: 0 }],
    ['7:8', { uid: 7, gid: 8 }],
    ['web:8', { uid: 1000, gid: 8 }],
  ])('`%s` of the image', (name, expected) => expect(user(name)).toEqual(expected));

  it.each(['nobody', 'web:nobody'])('`%s`, which the image does not know, is refused', (name) => {
    expect(() => user(name)).toThrow('does not know its own user');
  });

  it('is the one that the pod says, the container before the pod', () => {
    expect(user('web', {}, { securityContext: { runAsUser: 5, runAsGroup: 6 } })).toEqual({ uid: 5, gid: 6 });
    expect(user('web', { securityContext: { runAsUser: 9 } }, { securityContext: { runAsUser: 5 } })).toEqual({
      uid: 9,
      gid: 1001,
    });
  });

  it('is refused as root when the pod says so', () => {
    const securityContext = { runAsNonRoot: true };
    expect(() => user('', { securityContext })).toThrow('runAsNonRoot');
    expect(user('web', { securityContext })).toEqual({ uid: 1000, gid: 1001 });
  });

  it('is not looked up outside of the image', () => {
    rmSync(join(root, 'etc/passwd'));
    symlinkSync('/etc/passwd', join(root, 'etc/passwd'));
    expect(() => user('daemon')).toThrow('does not know its own user');
  });
});

describe('pods that are not started', () => {
  it.each<[string, Partial<Container>, Partial<PodSpec>]>([
    ['init containers', {}, { initContainers: [{ name: 'a', image: 'b' }] }],
    ['hostNetwork', {}, { hostNetwork: true }],
    [
      'the volume `data`',
      {},
      {
        volumes: [
          { name: 'tmp', emptyDir: {} },
          { name: 'data', persistentVolumeClaim: {} },
        ],
      },
    ],
    ['readiness probe of `web`', { readinessProbe: { exec: {} } }, {}],
  ])('because of %s', (reason, container, spec) => expect(unsupported(pod(container, spec))).toContain(reason));

  it('are none that ask only for what there is', () => {
    const probe = { httpGet: { port: 80 } };
    expect(unsupported(pod({ readinessProbe: probe }, { volumes: [{ name: 'tmp', emptyDir: {} }] }))).toBeUndefined();
  });
});
