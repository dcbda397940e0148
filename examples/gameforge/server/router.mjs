import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from './log.mjs';
import { drawSprite, toPng } from './sprite.mjs';

const maxBody = 16 * 1024;
const routes = {
  'GET /healthz': async () => ({ status: 200, json: { status: 'ok' } }),
  'GET /readyz': async () => ({ status: 200, json: { status: 'ready' } }),
  'GET /metrics': async ({ metrics }) => ({
    status: 200,
    type: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
    body: metrics.text(),
  }),
  'POST /v1/sprites': sprite,
};

/** Answers requests, measures them and logs one line for each. */
export function makeRouter(app) {
  return async (request, response) => {
    const started = performance.now();
    const id = randomUUID();
    const route = `${request.method} ${new URL(request.url, 'http://localhost').pathname}`;
    const answer = await handle(route, request, app).catch((error) => {
      log('error', 'request failed', { id, route, error: error.message });
      return { status: error.status ?? 500, json: { error: error.status ? error.message : 'internal error' } };
    });
    const type = answer.type ?? 'application/json';
    response.writeHead(answer.status, {
      'content-type': type,
      'x-request-id': id,
      'x-content-type-options': 'nosniff',
    });
    response.end(answer.body ?? JSON.stringify(answer.json));
    const seconds = (performance.now() - started) / 1000;
    app.metrics.observe(route in routes ? route : 'other', answer.status, seconds);
    log('info', 'request', { id, route, status: answer.status, seconds: Number(seconds.toFixed(6)) });
  };
}

async function handle(route, request, app) {
  const handler = routes[route];
  if (handler === undefined) return { status: 404, json: { error: 'not found' } };
  return handler({ ...app, request });
}

async function sprite({ request, faults }) {
  const { prompt, size = 16 } = await readJson(request);
  if (typeof prompt !== 'string' || prompt.length === 0 || prompt.length > 200)
    throw problem(400, 'prompt: 1 to 200 characters');
  if (!Number.isInteger(size) || size < 8 || size > 64) throw problem(400, 'size: a whole number from 8 to 64');
  if (faults.delay > 0) await sleep(faults.delay);
  if (Math.random() < faults.errorRatio) throw new Error('rehearsed fault');
  return { status: 200, type: 'image/png', body: toPng(drawSprite(prompt, size)) };
}

async function readJson(request) {
  const chunks = [];
  let total = 0;
  for await (const chunk of request) {
    total += chunk.length;
    if (total > maxBody) throw problem(413, `body: at most ${maxBody} bytes`);
    chunks.push(chunk);
  }
  try {
    return Object(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  } catch {
    throw problem(400, 'body: JSON expected');
  }
}

function problem(status, message) {
  return Object.assign(new Error(message), { status });
}
