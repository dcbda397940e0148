import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeExec } from './exec.ts';
import { realFiles } from './files.ts';
import { realHttp } from './http.ts';
import { identityTokenFrom } from './identity-token.ts';
import { Ledger } from './ledger.ts';

const exec = makeExec({ PATH: process.env.PATH ?? '' });
const node = (code: string, options = {}) => exec(process.execPath, ['-e', code], options);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-effects-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a program', () => {
  it('gets arguments as they are, and gives back output and code', async () => {
    const result = await exec(process.execPath, [
      '-e',
      'console.log(process.argv[1]); console.error("e"); process.exit(3)',
      '$(id); "x"',
    ]);
    expect(result).toMatchObject({
      code: 3,
      signal: null,
      stdout: '$(id); "x"\n',
      stderr: 'e\n',
      timedOut: false,
      truncated: false,
    });
  });

  it('sees only the environment it is given', async () => {
    process.env.SLIPWAY_TEST_SECRET = 'x';
    const { stdout } = await node('console.log(Object.keys(process.env).join())');
    expect(stdout).not.toContain('SLIPWAY_TEST_SECRET');
  });

  it('reads its input, and may end without reading it', async () => {
    expect((await node('process.stdin.pipe(process.stdout)', { input: 'hello' })).stdout).toBe('hello');
    expect((await node('process.exit(0)', { input: 'x'.repeat(1_000_000) })).code).toBe(0);
  });

  it('is stopped after its time, children included', async () => {
    const child = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })`;
    const result = await node(`${child}; setInterval(() => {}, 1000)`, { timeout: 300 });
    expect(result).toMatchObject({ code: null, signal: 'SIGTERM', timedOut: true });
  });

  it('is stopped when the step is cancelled', async () => {
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 200);
    expect(await node('setInterval(() => {}, 1000)', { signal: cancel.signal })).toMatchObject({
      code: null,
      timedOut: false,
    });
  });

  it('cannot fill the memory', async () => {
    const result = await node('process.stdout.write("x".repeat(5_000_000))', { maxOutput: 1000 });
    expect(result).toMatchObject({ code: 0, truncated: true });
    expect(result.stdout).toHaveLength(1000);
  });

  it('that does not exist rejects', async () => {
    await expect(exec('/no/such/program', [])).rejects.toThrow('ENOENT');
  });
});

describe('files', () => {
  it('are refused when too large or no text', async () => {
    await writeFile(join(folder, 'big'), 'x'.repeat(11));
    await writeFile(join(folder, 'binary'), Buffer.from([0xff, 0xfe, 0x00]));
    await expect(realFiles.readText(join(folder, 'big'), 10)).rejects.toThrow('larger than 10 bytes');
    await expect(realFiles.readText(join(folder, 'binary'), 10)).rejects.toThrow('not UTF-8');
    expect(await realFiles.readText(join(folder, 'big'), 11)).toHaveLength(11);
  });

  it('are listed sorted, without following links', async () => {
    await mkdir(join(folder, 'b'));
    await writeFile(join(folder, 'b/2'), '');
    await writeFile(join(folder, 'a'), '');
    await symlink('/', join(folder, 'link'));
    expect(await realFiles.list(folder, 10)).toEqual([join(folder, 'a'), join(folder, 'b/2')]);
    await expect(realFiles.list(folder, 1)).rejects.toThrow('more than 1 files');
  });

  it('know missing from unreadable', async () => {
    expect(await realFiles.kind(join(folder, 'none'))).toBe('missing');
    expect(await realFiles.kind(folder)).toBe('folder');
    expect(await realFiles.kind('/dev/null')).toBe('other');
  });
});

describe('http', () => {
  let server: Server;
  const serve = async (handler: RequestListener): Promise<string> => {
    server = createServer(handler).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends method, headers and bytes, and follows no redirect', async () => {
    const bytes = new Uint8Array([0, 255, 10]);
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () =>
        response
          .writeHead(307, { location: '/next', 'x-method': request.method, 'x-given': request.headers['x-given'] })
          .end(Buffer.concat(chunks)),
      );
    });
    const answer = await realHttp(url, { method: 'PUT', headers: { 'x-given': 'yes' }, body: bytes });
    expect(answer).toMatchObject({ status: 307, headers: { location: '/next', 'x-method': 'PUT', 'x-given': 'yes' } });
    expect(Uint8Array.from(answer.body)).toEqual(bytes);
  });

  it('rejects an answer that is too large, cut off, or late', async () => {
    const large = await serve((_, response) => response.end('x'.repeat(100)));
    await expect(realHttp(large, { maxBytes: 10 })).rejects.toThrow('larger than 10 bytes');
    server.close();
    const cut = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('x');
      setTimeout(() => response.destroy(), 50);
    });
    await expect(realHttp(cut)).rejects.toThrow();
    server.closeAllConnections();
    server.close();
    const late = await serve(() => undefined);
    await expect(realHttp(late, { timeout: 100 })).rejects.toThrow();
  });

  it('gets an identity token, masks it, and never shows the answer', async () => {
    const url = await serve((request, response) => {
      const ok = request.headers.authorization === 'Bearer request-token' && request.url?.endsWith('audience=sigstore');
      response.writeHead(ok ? 200 : 500).end(ok ? '{"value":"the-token"}' : '{"oops":"the-token"}');
    });
    const masked: string[] = [];
    const variables = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?v=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
    };
    const ask = identityTokenFrom(variables, realHttp, (secret) => masked.push(secret));
    expect(await ask('sigstore')).toBe('the-token');
    expect(masked).toEqual(['request-token', 'the-token']);
    await expect(ask('other')).rejects.toThrow(/^The runner gave no identity token: it answered 500\.$/);
  });
});

it('an identity token that the job may not have names the permission to add', async () => {
  await expect(identityTokenFrom({}, realHttp, () => undefined)('sigstore')).rejects.toThrow('`id-token: write`');
});

it('the ledger knows what this job wrote', async () => {
  expect(await new Ledger(folder).entries()).toEqual([]);
  await new Ledger(folder).add('/a', 'one');
  await new Ledger(folder).add('/b', 'two');
  expect((await new Ledger(folder).entries()).map(({ path }) => path)).toEqual(['/a', '/b']);
});
