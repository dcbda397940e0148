import { describe, expect, it } from '@jest/globals';
import { composeFile, composeServiceOf, servicesIn, told } from '../../../test/support/found-services.ts';

const names = async (content: Record<string, string>): Promise<string[]> =>
  (await servicesIn(content)).services.map(({ place, name }) => `${place.file ?? ''} ${name}`).sort();
const one = (name: string, rest = ''): string => `services: { ${name}: { image: x${rest} } }`;

describe('which files make a project', () => {
  it('an override is put over the main file', async () => {
    const { services } = await servicesIn({
      'compose.yaml': one('a'),
      'compose.override.yaml': 'services: { a: { privileged: true }, b: { image: y } }',
    });
    expect(services.map(({ name, privileged }) => [name, privileged.value])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('another file whose services can start by themselves is a project of its own', async () => {
    expect(await names({ 'compose.yaml': one('a'), 'compose.prod.yaml': one('a') })).toEqual([
      'compose.prod.yaml a',
      'compose.yaml a',
    ]);
  });

  it('else it is put over the main file', async () => {
    const { services } = await servicesIn({
      'compose.yaml': one('a'),
      'docker-compose-prod.yml': 'services: { a: { privileged: true } }',
    });
    expect(services.map(({ privileged }) => privileged)).toEqual([
      { value: false },
      { value: true, place: { file: 'docker-compose-prod.yml', line: 1, column: 30 } },
    ]);
  });

  it('a file that is included is no project of its own: its profiles lie where the project does', async () => {
    const { services } = await servicesIn({
      'compose.yaml': 'include: [db/compose.yaml]',
      'db/compose.yaml': one('b', ', security_opt: [seccomp=p.json]'),
    });
    expect(services).toMatchObject([{ place: { file: 'db/compose.yaml' }, seccomp: { path: '/work/p.json' } }]);
  });

  it('a file of which services are extended is one when Compose would take it by its name', async () => {
    const extend = (file: string): string => `services: { a: { extends: { file: ${file}, service: b } } }`;
    expect(await names({ 'compose.yaml': extend('compose.base.yaml'), 'compose.base.yaml': one('b') })).toEqual([
      'compose.yaml a',
    ]);
    expect(await names({ 'compose.yaml': extend('other/compose.yaml'), 'other/compose.yaml': one('b') })).toEqual([
      'compose.yaml a',
      'other/compose.yaml b',
    ]);
  });

  it('the caller may say', async () => {
    const content = { 'deploy/one.yaml': one('a'), 'deploy/two.yaml': 'services: { a: { user: "5" } }' };
    const files = Object.keys(content).map((file) => `/work/${file}`);
    const { services } = await servicesIn(content, { projects: [{ folder: '/work', files }] });
    expect(services.map(({ user }) => user.value.uid)).toEqual([5]);
  });

  it('a file that is given by its path may have any name', async () => {
    const content = { 'stack.yaml': one('a'), 'values.yaml': 'a: 1' };
    expect((await servicesIn(content, {}, ['/work/stack.yaml'])).services).toHaveLength(1);
    expect((await servicesIn(content)).services).toHaveLength(0);
  });
});

describe('security_opt', () => {
  it.each([
    ['[seccomp=./p.json]', { kind: 'file', path: '/work/p.json', written: './p.json' }],
    ['[seccomp:p.json]', { kind: 'file', path: '/work/p.json' }],
    ['[seccomp=/etc/p.json]', { kind: 'file', path: '/etc/p.json' }],
    [`['seccomp="p.json"']`, { kind: 'file', path: '/work/"p.json"' }],
    ['[seccomp=p.json, seccomp=unconfined]', { kind: 'unconfined' }],
    ['[seccomp=unconfined, seccomp=p.json]', { kind: 'file', path: '/work/p.json' }],
    ['[seccomp:unconfined]', { kind: 'unconfined' }],
    ['[seccomp:a=b.json]', { kind: 'none' }],
    ['[seccomp]', { kind: 'none' }],
    ['[apparmor=unconfined]', { kind: 'none' }],
    ['[]', { kind: 'none' }],
  ])('%s', async (options, expected) => {
    expect((await composeServiceOf(`security_opt: ${options}`)).seccomp).toMatchObject(expected);
  });

  it.each([
    ['no-new-privileges', true],
    ['no-new-privileges:true', true],
    ['no-new-privileges=1', true],
    ['no-new-privileges:false', false],
    ['no-new-privileges=', false],
  ])('%s', async (option, expected) => {
    expect((await composeServiceOf(`security_opt: ['${option}']`)).noNewPrivileges.value).toBe(expected);
  });

  it('says where the profile stands', async () => {
    const service = await composeServiceOf('security_opt:\n  - seccomp=p.json');
    expect(service.seccomp).toMatchObject({ place: { file: 'compose.yaml', line: 5, column: 9 } });
  });
});

describe('mounts of an engine', () => {
  it.each([
    [`volumes: ['/var/run/docker.sock:/var/run/docker.sock:ro']`, ['/var/run/docker.sock']],
    ['volumes: [{ type: bind, source: /run/podman/podman.sock, target: /s }]', ['/run/podman/podman.sock']],
    [`volumes: ['/:/host:ro', '/run:/r']`, ['/', '/run']],
    [`volumes: ['\${SOCKET:-/run/docker.sock}:/s']`, ['/run/docker.sock']],
    ['use_api_socket: true', ['/var/run/docker.sock']],
    [`volumes: ['engine:/s']`, ['/var/run']],
    [`volumes: ['run:/s', './run:/t', /anonymous, '/data:/d']`, []],
  ])('%s', async (lines, expected) => {
    const volumes = 'volumes:\n  engine: { driver_opts: { type: none, o: "rw,bind", device: /var/run } }\n  run: {}\n';
    const { services } = await servicesIn({ 'compose.yaml': composeFile(lines) + volumes });
    expect(services[0]?.engineSockets.map(({ value }) => value)).toEqual(expected);
  });
});

it.each([
  ['mem_limit: 64m', { cpu: false, memory: true }],
  ['cpus: 0.5', { cpu: true, memory: false }],
  ['cpu_quota: 50000', { cpu: true, memory: false }],
  ['mem_limit: 0', { cpu: false, memory: false }],
  [`deploy: { resources: { limits: { cpus: '1', memory: 1G } } }`, { cpu: true, memory: true }],
  ['deploy: { resources: { reservations: { memory: 1G } } }', { cpu: false, memory: false }],
])('limits of %s', async (lines, expected) => expect((await composeServiceOf(lines)).limits.value).toEqual(expected));

it.each([
  ['healthcheck: { test: [CMD, a] }', true],
  ['healthcheck: { test: curl localhost }', true],
  ['healthcheck: { test: [NONE] }', false],
  ['healthcheck: { test: NONE }', false],
  ['healthcheck: { test: [CMD, a], disable: true }', false],
  ['healthcheck: { interval: 5s }', false],
])('%s', async (lines, expected) => expect((await composeServiceOf(lines)).healthCheck.value).toBe(expected));

describe('what is built', () => {
  const Dockerfile = 'FROM a\nUSER 10001:10002\nENTRYPOINT ["e"]\nCMD ["c"]\nHEALTHCHECK CMD true\n';

  it('says what the Compose file leaves open', async () => {
    const service = await composeServiceOf('build: .', { Dockerfile });
    expect(service).toMatchObject({
      user: { value: { uid: 10001, gid: 10002 }, place: { file: 'Dockerfile', line: 2 } },
      healthCheck: { value: true, place: { file: 'Dockerfile', line: 5 } },
      command: ['e', 'c'],
    });
  });

  it.each([
    ['entrypoint: [x]', ['x']],
    ['command: [x]', ['e', 'x']],
    ['command: []', ['e']],
    [`command: ''`, ['e']],
  ])('%s', async (lines, command) => {
    expect((await composeServiceOf(`build: .\n${lines}`, { Dockerfile })).command).toEqual(command);
  });

  it('may be a stage, with arguments, from another folder or from the Compose file itself', async () => {
    const stages = 'FROM a AS one\nARG ID=1\nUSER $ID\nFROM b\nUSER 2\n';
    const build = 'build: { context: app, dockerfile: D, target: one, args: [ID=7] }';
    expect((await composeServiceOf(build, { 'app/D': stages })).user.value.uid).toBe(7);
    const inline = await composeServiceOf('build: { dockerfile_inline: "FROM a\\nUSER 8\\n" }');
    expect(inline.user).toEqual({ value: { uid: 8, gid: undefined, text: '8' } });
  });

  it.each([
    ['build: https://github.com/a/b.git', '`https://github.com/a/b.git`'],
    ['build: ./missing', '`missing/Dockerfile`'],
    ['build: ../..', 'which is not in the workspace'],
    ['build: { context: ., target: no }', 'stage `no`'],
  ])('%s is not known', async (lines, message) => {
    const { findings } = await servicesIn({ 'compose.yaml': composeFile(lines), Dockerfile });
    expect(told(findings)).toEqual([expect.stringContaining(message)]);
    expect(findings[0]?.rule).toMatchObject({ id: 'services/defined-elsewhere', outcome: 'inconclusive' });
    expect((await servicesIn({ 'compose.yaml': composeFile(`${lines}\nuser: '5'`), Dockerfile })).findings).toEqual([]);
  });
});

describe('variables', () => {
  it('are told where they decide about confinement, and only there', async () => {
    const { services, findings } = await servicesIn({
      'compose.yaml': composeFile(
        "user: $WHO\nenvironment: { A: $NOT }\nsecurity_opt: ['seccomp=${P:?which one}']\nlabels: { a: '${MUST:?}' }",
      ),
    });
    expect(told(findings.slice(0, 2))).toEqual([
      'services/variable-unset compose.yaml:4:11 service/a: `user` uses the variable `WHO`, which is not set.',
      'services/variable-required compose.yaml:6:21 service/a: `security_opt` needs the variable `P`, which is not set: which one.',
    ]);
    expect(services[0]?.user.value.text).toBe('');
    expect(services[0]?.labels.get('a')).toBe('${MUST:?}');
  });

  it('are of the caller before the .env file', async () => {
    const content = { '.env': 'A=1\nB=2\n', 'compose.yaml': composeFile('user: "$A:$B"') };
    const { services } = await servicesIn(content, { variables: new Map([['B', '3']]) });
    expect(services[0]?.user.value).toEqual({ uid: 1, gid: 3, text: '1:3' });
  });
});

describe('a profile file', () => {
  it('is given once when it is there', async () => {
    const content = {
      'compose.yaml': `services: { a: { image: x, security_opt: [seccomp=p.json] }, b: { image: x, security_opt: [seccomp=p.json] } }`,
      'p.json': '{}',
    };
    expect(await servicesIn(content)).toMatchObject({ profiles: ['/work/p.json'], findings: [] });
  });

  it.each([
    ['missing.json', 'is no file'],
    ['../../etc/passwd', 'lies outside the workspace'],
    ['/etc/passwd', 'lies outside the workspace'],
    ['link.json', 'lies outside the workspace'],
  ])('%s', async (path, reason) => {
    const content = {
      'compose.yaml': composeFile(`security_opt: ['seccomp=${path}']`),
      'link.json': '-> /secret.json',
    };
    const { findings, profiles } = await servicesIn({ ...content, '/secret.json': '{}' });
    expect(findings[0]?.rule.id).toBe('seccomp/profile-missing');
    expect(told(findings)[0]).toContain(reason);
    expect(profiles).toEqual([]);
  });
});

describe('what Compose refuses', () => {
  it.each([
    ['services: [a]', '1:11', 'must be a mapping'],
    ['[]', '1:1', 'A Compose file is a mapping'],
    ['', '1:1', 'is empty'],
    ['x: 1', '1:1', 'has no `services`'],
    ['services:\n\ta: 1', '2:1', 'not YAML'],
    ['services: { a: { image: x, image: y } }', '1:28', 'stands twice'],
    ["services: { a: { image: x, user: '${' } }", '1:35', 'is no variable'],
    ['services: { a: { user: x } }', '1:13', 'neither an `image` nor a `build`'],
    ['services: { a: { extends: {} } }', '1:27', 'names no service'],
    ['services: { a: { extends: { file: /etc/x.yaml, service: a } } }', '1:35', 'outside the workspace'],
    ['services: { a: { extends: { file: ../../x.yaml, service: a } } }', '1:35', 'outside the workspace'],
    ['include: [../../x.yaml]', '1:11', 'outside the workspace'],
    ['include: [{}]', '1:11', 'names no file'],
    ['include: [link.yaml]', '1:11', 'outside the workspace'],
  ])('%j', async (text, at, message) => {
    const { services, findings } = await servicesIn({
      'compose.yaml': text,
      'link.yaml': '-> /outside.yaml',
      '/outside.yaml': one('b'),
    });
    expect(services).toEqual([]);
    const [finding] = told(findings);
    expect(findings).toHaveLength(1);
    expect(finding).toContain(`services/unreadable compose.yaml:${at}`);
    expect(finding).toContain(message);
  });

  it.each([
    ["include: ['oci://example.com/x']", 'includes `oci://example.com/x`'],
    ["services: { a: { image: x, extends: { file: 'https://example.com/x', service: a } } }", 'extends one of'],
  ])('%s cannot be known', async (text, message) => {
    const { findings } = await servicesIn({ 'compose.yaml': text });
    expect(findings[0]?.rule.outcome).toBe('inconclusive');
    expect(findings[0]?.message).toContain(message);
  });

  it('files that include two others each', async () => {
    const files = Array.from({ length: 30 }, (_, at): [string, string] => [
      `c${at}.yaml`,
      `include: [c${at + 1}.yaml, c${at + 1}.yaml]\nservices: { s${at}: { image: x } }`,
    ]);
    const { findings } = await servicesIn({
      ...Object.fromEntries(files),
      'compose.yaml': 'include: [c0.yaml]',
      'c30.yaml': one('z'),
    });
    expect(told(findings)[0]).toContain('takes in more than 1000 files');
  });

  it('1,000 services that extend each other', async () => {
    const services = Array.from({ length: 1000 }, (_, at) => `  s${at}: { image: x, extends: s${at + 1} }`);
    const { findings } = await servicesIn({
      'compose.yaml': `services:\n${services.join('\n')}\n  s1000: { image: x }\n`,
    });
    expect(told(findings)[0]).toContain('more than 100 times');
  });
});

it('provider services are no containers', async () => {
  const { services, findings } = await servicesIn({
    'compose.yaml': 'services: { a: { image: x }, cloud: { provider: { type: aws } } }',
  });
  expect([services.length, findings]).toEqual([1, []]);
});
