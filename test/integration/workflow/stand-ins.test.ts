import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildah } from '../../../src/workflow/builders/buildah.ts';
import { buildx } from '../../../src/workflow/builders/buildx.ts';
import { findBuilder } from '../../../src/workflow/builders/find.ts';
import { refuseOwnStandIns, type BuildRequest } from '../../../src/workflow/stand-in.ts';
import { standIns } from '../../../src/workflow/stand-ins.ts';
import { program } from '../../support/programs.ts';
import {
  FakeServices,
  pullRequestEvent,
  removeFolders,
  runFiles,
  temporaryFolder,
  writeTree,
  type Tree,
} from '../../support/workflow-run.ts';

afterAll(removeFolders);

/** A workflow of a job `a` with these steps, and further jobs. */
function main(steps: string, more = ''): Tree {
  const indented = steps.replace(/^/gm, '      ');
  return {
    '.github/workflows/main.yml': `on: [push, pull_request]\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${indented}\n${more}`,
  };
}

const checkout = (more = '') => `- uses: actions/checkout@v6\n  with: { persist-credentials: false${more} }\n`;

describe('the table', () => {
  it('may not hold what can run for real', () => {
    const own = { ...standIns[0]!, action: 'octo/game/actions/gate' };
    expect(() => refuseOwnStandIns([...standIns, own], (repository) => repository === 'octo/game')).toThrow(
      'octo/game/actions/gate can run for real: no stand-in may replace it.',
    );
    expect(() => refuseOwnStandIns(standIns, (repository) => repository === 'octo/game')).not.toThrow();
  });

  it('is guarded before anything runs', async () => {
    const repositories = { 'actions/checkout': { directory: temporaryFolder() } };
    await expect(runFiles(main('- run: echo'), { repositories })).rejects.toThrow('actions/checkout can run for real');
  });

  it('is reported: what was used in place of what', async () => {
    const run = await runFiles(
      main(`${checkout()}${checkout(', path: again')}- if: false\n  uses: docker/setup-buildx-action@v4`),
    );
    expect(run.standIns).toEqual([
      { action: 'actions/checkout', instead: expect.stringContaining('git repository on this machine') },
    ]);
    expect(run.job('a').standIns).toHaveLength(2);
  });
});

describe('actions/checkout', () => {
  it('brings the commit of the event, on its branch, without a token', async () => {
    const run = await runFiles({
      ...main(
        `- run: touch left-over\n${checkout()}- run: git rev-parse HEAD; git branch --show-current; git log --oneline | wc -l; ls -A; cat .git/config`,
      ),
      'src/game.js': 'play();',
    });
    const [head, branch, commits, ...files] = run.job('a').steps.at(-2)?.lines.slice(3) ?? [];
    expect([head, branch, commits]).toEqual([run.sha, 'main', '1']);
    expect(files.slice(0, 3)).toEqual(['.git', '.github', 'src']);
    expect(run.log('a')).not.toContain('ghs_token');
  });

  it('detaches for a pull request, and takes ref, path and history', async () => {
    const run = await runFiles(
      main(
        `${checkout()}- run: git branch --show-current | wc -w\n${checkout(', path: deep/er, fetch-depth: 0, ref: main')}- id: c\n  uses: actions/checkout@v6\n  with: { persist-credentials: false, path: other }\n- run: git -C deep/er branch --show-current; echo \${{ steps.c.outputs.commit }} \${{ steps.c.outputs.ref }}`,
      ),
      (sha) => ({ event: pullRequestEvent(sha) }),
    );
    expect(run.conclusion).toBe('success');
    expect(run.log('a')).toContain(`\nmain\n${run.sha} refs/pull/5/merge`);
    expect(run.job('a').steps[2]?.lines.at(-1)).toBe('0');
  });

  it.each([
    [', path: ../out', 'leads out of the workspace'],
    [', ref: nowhere', 'octo/game has no branch, tag or commit `nowhere`.'],
    [', fetch-depth: -1', '`fetch-depth` must be a whole number'],
    [', lfs: "${{ github.ref_name == \'main\' }}"', 'honours `lfs` only as `false`, not `true`.'],
  ])('with %s fails: %s', async (input, message) => {
    const run = await runFiles(main(checkout(input)));
    expect(run.conclusion).toBe('failure');
    expect(run.log('a')).toContain(message);
  });
});

describe('artifacts', () => {
  it('go from job to job, without permissions and hidden files', async () => {
    const run = await runFiles(
      main(
        `- run: mkdir -p out/deep && echo one > out/one.txt && echo '#!/bin/sh' > out/deep/two.sh && chmod +x out/deep/two.sh && touch out/.hidden && echo three > three.txt
- uses: actions/upload-artifact@v6
  with: { name: folder, path: out }
- uses: actions/upload-artifact@v6
  with: { name: file, path: three.txt, retention-days: 1 }
- uses: actions/upload-artifact@v6
  with: { name: both, path: "out/deep\\nthree.txt", include-hidden-files: true }`,
        `  b:
    needs: a
    runs-on: ubuntu-latest
    steps:
      - id: d
        uses: actions/download-artifact@v7
        with: { name: folder, path: got }
      - run: find got -type f | sort; stat -c %a got/deep/two.sh; basename "\${{ steps.d.outputs.download-path }}"
      - uses: actions/download-artifact@v7
        with: { path: all }
      - run: find all -type f | sort
`,
      ),
    );
    expect(run.conclusion).toBe('success');
    const [first, second] = run
      .job('b')
      .steps.filter(({ name }) => name.startsWith('Run find'))
      .map(({ lines }) => lines.slice(3));
    expect(first).toEqual(['got/deep/two.sh', 'got/one.txt', '644', 'got']);
    expect(second).toEqual([
      'all/both/out/deep/two.sh',
      'all/both/three.txt',
      'all/file/three.txt',
      'all/folder/deep/two.sh',
      'all/folder/one.txt',
    ]);
  });

  const upload = (inputs: string) => `- run: touch x\n- uses: actions/upload-artifact@v6\n  with: { ${inputs} }\n`;
  it.each([
    [
      'a name twice',
      upload('name: n, path: x') + upload('name: n, path: x'),
      'failure',
      'Conflict: an artifact with the name `n` already exists in this run.',
    ],
    [
      'a name again, overwriting',
      upload('name: n, path: x') + upload('name: n, path: x, overwrite: true'),
      'success',
      'Kept 1 files as the artifact n',
    ],
    ['a name that is a path', upload('name: a/b, path: x'), 'failure', '`a/b` is no name for an artifact'],
    ['a wildcard', upload('path: "*.txt"'), 'failure', 'The path `*.txt` has a wildcard'],
    [
      'nothing found, as an error',
      upload('path: y, if-no-files-found: error'),
      'failure',
      'No files were found with the provided path: y.',
    ],
    ['nothing found, as a warning', upload('path: y'), 'success', '##[warning]No files were found'],
    [
      'an artifact that is not there',
      '- uses: actions/download-artifact@v7\n  with: { name: n }',
      'failure',
      'Artifact not found for name: n',
    ],
    ['no artifact at all', '- uses: actions/download-artifact@v7', 'failure', 'No artifacts were found in this run.'],
  ])('%s', async (_, steps, conclusion, message) => {
    const run = await runFiles(main(steps));
    expect(run.log('a')).toContain(message);
    expect(run.conclusion).toBe(conclusion);
  });
});

describe('docker/login-action', () => {
  it('makes credentials known to the job until its end, and masks them', async () => {
    const services = new FakeServices();
    services.repositorySettings = { secrets: { PASSWORD: 'registry-password' }, variables: {} };
    const run = await runFiles(
      main(
        `- uses: docker/login-action@v4
  with: { registry: 'registry.example:5000', username: robot, password: '\${{ secrets.PASSWORD }}' }
- run: cp "$HOME/.docker/config.json" "$RUNNER_TOOL_CACHE/seen"; stat -c %a "$HOME/.docker/config.json"; cat "$HOME/.docker/config.json"`,
      ),
      {},
      services,
    );
    const auth = Buffer.from('robot:registry-password').toString('base64');
    expect(JSON.parse(readFileSync(join(run.folder, 'tool-cache', 'seen'), 'utf8'))).toEqual({
      auths: { 'registry.example:5000': { auth } },
    });
    expect(run.log('a')).toContain('\n600\n');
    expect(JSON.stringify(run.printed)).not.toContain(auth);
    expect(JSON.parse(readFileSync(join(run.folder, 'jobs', 'a', 'home', '.docker', 'config.json'), 'utf8'))).toEqual({
      auths: {},
    });
  });

  it('fails without a password', async () => {
    const run = await runFiles(
      main('- uses: docker/login-action@v4\n  with: { username: a, password: "${{ secrets.NONE }}" }'),
    );
    expect(run.log('a')).toContain('##[error]Username and password required');
  });
});

describe('docker/build-push-action', () => {
  const build = (more: string) =>
    `${checkout()}- uses: docker/setup-buildx-action@v4\n- id: b\n  uses: docker/build-push-action@v7\n  with:\n    context: .\n    provenance: false\n    ${more}\n`;

  it('hands its inputs to the builder of the platform and gives its outputs', async () => {
    const requests: BuildRequest[] = [];
    const builder = {
      build: (request: BuildRequest) => {
        requests.push(request);
        return Promise.resolve({ digest: 'sha256:d', imageId: 'sha256:i' });
      },
    };
    const run = await runFiles(
      main(
        `${build('file: docker/Dockerfile\n    push: true\n    tags: "r/a:1, r/a:2"\n    build-args: |\n      A=1\n      B=x=y\n    labels: l=m\n    outputs: type=oci,dest=out/image,tar=false')}- run: echo '\${{ steps.b.outputs.digest }} \${{ steps.b.outputs.imageid }} \${{ fromJSON(steps.b.outputs.metadata)['image.name'] }}'`,
      ),
      { builder },
    );
    expect(run.log('a')).toContain('sha256:d sha256:i r/a:1,r/a:2');
    const workspace = join(run.folder, 'jobs', 'a', 'game', 'game');
    expect(requests[0]).toMatchObject({
      context: workspace,
      file: join(workspace, 'docker/Dockerfile'),
      buildArguments: ['A=1', 'B=x=y'],
      labels: ['l=m'],
      tags: ['r/a:1', 'r/a:2'],
      push: true,
      layout: join(workspace, 'out/image'),
    });
  });

  it.each([
    ['outputs: type=image', 'The output `type=image` is not supported'],
    ['push: true', 'To push, `tags` must name where to.'],
    ['tags: a', 'No program that builds images was found'],
  ])('with %s fails: %s', async (inputs, message) => {
    const builder = { build: () => Promise.reject(new Error('not reached')) };
    const run = await runFiles(main(build(inputs)), message.startsWith('No program') ? {} : { builder });
    expect(run.log('a')).toContain(message);
    expect(run.conclusion).toBe('failure');
  });

  it('is carried out by docker buildx with the same arguments', async () => {
    const docker = temporaryFolder();
    writeTree(docker, {
      docker: `#!/bin/sh
echo "docker $*"
while [ "$1" != --metadata-file ]; do shift; done
echo '{"containerimage.digest":"sha256:d","containerimage.config.digest":"sha256:i"}' > "$2"
`,
    });
    chmodSync(join(docker, 'docker'), 0o755);
    const run = await runFiles(
      main(
        build(
          'push: true\n    tags: r/a:1\n    build-args: A=1\n    labels: l=m\n    outputs: type=oci,dest=x,tar=false',
        ),
      ),
      { builder: buildx({ program: join(docker, 'docker'), buildArguments: ['A=2'] }) },
    );
    const workspace = join(run.folder, 'jobs', 'a', 'game', 'game');
    expect(
      run
        .log('a')
        .replaceAll(workspace, 'WORK')
        .replace(/metadata-file \S+/, 'metadata-file FILE'),
    ).toContain(
      'docker buildx build --progress plain --provenance=false --sbom=false --metadata-file FILE --file WORK/Dockerfile --build-arg A=1 --build-arg A=2 --label l=m --tag r/a:1 --push --output type=oci,dest=WORK/x,tar=false WORK',
    );
    expect(run.job('a').steps.find(({ name }) => name.includes('build-push'))?.outputs).toMatchObject({
      digest: 'sha256:d',
      imageid: 'sha256:i',
    });
  });

  describe('with buildah and a registry', () => {
    let registry: ChildProcess;
    let address = '';
    beforeAll(async () => {
      registry = spawn(await program('oci-registry'), ['-address', '127.0.0.1:0'], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      address = await new Promise((resolve, reject) => {
        const look = (chunk: Buffer): void => {
          const found = /127\.0\.0\.1:\d+/.exec(chunk.toString())?.[0];
          if (found !== undefined) resolve(found);
        };
        registry.stdout?.on('data', look);
        registry.stderr?.on('data', look);
        registry.on('error', reject);
      });
    });
    afterAll(() => {
      registry.kill();
    });

    it('builds, pushes and writes the same image', async () => {
      const builder = await findBuilder({ storage: temporaryFolder(), buildArguments: ['WHO=platform'] });
      expect(builder).toBeDefined();
      const run = await runFiles(
        {
          ...main(
            `${build(`push: true\n    tags: ${address}/game:1\n    build-args: WHO=workflow\n    labels: by=test\n    outputs: type=oci,dest=image,tar=false`)}- run: cat image/index.json`,
          ),
          Dockerfile: 'FROM scratch\nARG WHO\nLABEL who=${WHO}\nCOPY hello.txt /hello.txt\n',
          'hello.txt': 'hello',
        },
        builder === undefined ? {} : { builder },
      );
      expect(run.conclusion).toBe('success');
      const { digest = '', imageid = '' } =
        run.job('a').steps.find(({ name }) => name.includes('build-push'))?.outputs ?? {};
      const accept = { accept: 'application/vnd.oci.image.manifest.v1+json' };
      const answer = await fetch(`http://${address}/v2/game/manifests/1`, { headers: accept });
      const manifest = (await answer.json()) as { config: { digest: string } };
      expect(answer.headers.get('docker-content-digest')).toBe(digest);
      expect(manifest.config.digest).toBe(imageid);
      expect(run.log('a')).toContain(digest);
      const config = (await (await fetch(`http://${address}/v2/game/blobs/${imageid}`)).json()) as {
        config: { Labels: Record<string, string> };
      };
      expect(config.config.Labels).toMatchObject({ by: 'test', who: 'platform' });
    }, 60_000);

    it('fails with the words of the program', async () => {
      const builder = buildah({ program: 'buildah', storage: temporaryFolder() });
      const run = await runFiles(
        { ...main(build('tags: a')), Dockerfile: 'FROM scratch\nCOPY nothing /\n' },
        { builder },
      );
      expect(run.conclusion).toBe('failure');
      expect(run.log('a')).toMatch(/nothing.*no such file or directory/);
      expect(run.log('a')).toContain('buildah ended with exit code 125.');
    }, 60_000);
  });
});
