import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { layer } from '../../../test/support/layer.ts';
import { closeServer, listenOnLoopback } from '../http-server.ts';
import { Images } from './image.ts';

let folder: string;
let server: Server;
let registry: string;
/** What the registry answers, by path; a number is a status, a stream never ends. */
let answers: Map<string, string | Uint8Array | number | Readable>;
let asked: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-images-'));
  answers = new Map();
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers.get(request.url ?? '') ?? 404;
    if (answer instanceof Readable) answer.pipe(response);
    else if (typeof answer === 'number') response.writeHead(answer).end();
    else response.end(answer);
  });
  registry = (await listenOnLoopback(server)).replace('http://', '');
});
afterEach(async () => {
  await closeServer(server);
  rmSync(folder, { recursive: true });
});

const digestOf = (content: string | Uint8Array) => `sha256:${createHash('sha256').update(content).digest('hex')}`;
const put = (kind: string, content: string | Uint8Array) => {
  answers.set(`/v2/app/${kind}/${digestOf(content)}`, content);
  return { digest: digestOf(content), size: Buffer.byteLength(content) };
};
const image = (content = 'hello') => {
  const config = put('blobs', JSON.stringify({ config: { Entrypoint: ['/app'] } }));
  const layers = [put('blobs', layer([{ path: 'app', content }]))];
  return { ...put('manifests', JSON.stringify({ config, layers })), layers };
};
const machine = arch() === 'x64' ? 'amd64' : arch();

describe('an image', () => {
  it('is unpacked with its configuration, once for all who want it', async () => {
    const { digest } = image();
    const images = new Images(folder);
    const [one, two] = await Promise.all([0, 1].map(() => images.pull(`${registry}/app@${digest}`)));
    expect(one).toBe(two);
    expect(one).toMatchObject({ digest, config: { Entrypoint: ['/app'] } });
    expect(readFileSync(join(one!.root, 'app'), 'utf8')).toBe('hello');
    expect(asked.filter((path) => path.includes('/blobs/'))).toHaveLength(2);
  });

  it('by tag is the one that the tag names now', async () => {
    const images = new Images(folder);
    for (const content of ['first', 'second']) {
      const { digest } = image(content);
      answers.set('/v2/app/manifests/v1', answers.get(`/v2/app/manifests/${digest}`)!);
      const pulled = await images.pull(`${registry}/app:v1`);
      expect(pulled.digest).toBe(digest);
      expect(readFileSync(join(pulled.root, 'app'), 'utf8')).toBe(content);
    }
  });

  it('with a tag beside the digest is the one of the digest', async () => {
    const { digest } = image();
    answers.set('/v2/app/manifests/v1', 'another');
    await expect(new Images(folder).pull(`${registry}/app:v1@${digest}`)).resolves.toMatchObject({ digest });
  });

  it('of several machines is the one of this machine', async () => {
    const { digest, size } = image();
    const index = (architecture: string) =>
      put('manifests', JSON.stringify({ manifests: [{ digest, size, platform: { os: 'linux', architecture } }] }))
        .digest;
    await expect(new Images(folder).pull(`${registry}/app@${index(machine)}`)).resolves.toMatchObject({ digest });
    await expect(new Images(folder).pull(`${registry}/app@${index('mips')}`)).rejects.toThrow(
      `no manifest for linux/${machine}`,
    );
  });
});

describe('an image that cannot be had', () => {
  const pull = (name: string) => new Images(folder).pull(name);

  it.each([
    ['docker.io/library/nginx:1', 'not from a registry of this machine'],
    ['nginx', 'not from a registry of this machine'],
    ['127.0.0.1.example.com:80/app:1', 'not from a registry of this machine'],
  ])('%s', async (name, message) => {
    await expect(pull(name)).rejects.toThrow(message);
    expect(asked).toEqual([]);
  });

  it('because the registry does not know it', async () => {
    await expect(pull(`${registry}/app:none`)).rejects.toThrow('answered 404');
  });

  it.each([
    ['a manifest', 'manifests'],
    ['a layer', 'blobs'],
  ])('because %s has other bytes than its digest says', async (_, kind) => {
    const { digest, layers } = image();
    const path = kind === 'blobs' ? `/v2/app/blobs/${layers[0]!.digest}` : `/v2/app/manifests/${digest}`;
    const right = Buffer.from(answers.get(path) as Uint8Array);
    answers.set(path, Buffer.concat([right.subarray(0, -1), Buffer.from([right.at(-1)! ^ 1])]));
    await expect(pull(`${registry}/app@${digest}`)).rejects.toMatchObject({
      name: expect.stringMatching(/^(Image|Unpack)Error$/),
    });
    expect(existsSync(join(folder, digest.replace(':', '-')))).toBe(false);
  });

  it('because a layer is longer than its manifest says', async () => {
    const { digest, layers } = image();
    const path = `/v2/app/blobs/${layers[0]!.digest}`;
    answers.set(path, Buffer.concat([Buffer.from(answers.get(path) as Uint8Array), Buffer.alloc(512)]));
    await expect(pull(`${registry}/app@${digest}`)).rejects.toThrow('other bytes');
  });

  it('because a layer never ends', async () => {
    const { digest, layers } = image();
    answers.set(
      `/v2/app/blobs/${layers[0]!.digest}`,
      new Readable({
        read() {
          this.push(Buffer.alloc(512));
        },
      }),
    );
    await expect(pull(`${registry}/app@${digest}`)).rejects.toThrow('other bytes');
  });

  it('is tried anew the next time', async () => {
    const { digest, layers } = image();
    const path = `/v2/app/blobs/${layers[0]!.digest}`;
    const right = answers.get(path)!;
    const images = new Images(folder);
    answers.set(path, 500);
    await expect(images.pull(`${registry}/app@${digest}`)).rejects.toThrow('answered 500');
    answers.set(path, right);
    await expect(images.pull(`${registry}/app@${digest}`)).resolves.toMatchObject({ digest });
  });
});
