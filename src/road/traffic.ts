import { Agent, request } from 'node:http';

/** Users' requests to a service, at a steady rate. */
export interface Traffic {
  /** How many were answered below 500, and how many not. */
  readonly counts: { good: number; bad: number };
  stop(): void;
}

const sprite = JSON.stringify({ prompt: 'a small blue knight', size: 32 });

/**
 * Sends requests to the example's API as its players would: nine sprites for each look at its health.
 * @param url of the gateway
 * @param rate requests a second; sent at their times, whether earlier ones were answered or not
 */
export function startTraffic(url: string, rate: number): Traffic {
  const agent = new Agent({ keepAlive: true });
  const counts = { good: 0, bad: 0 };
  let sent = 0;
  const send = (): void => {
    const isSprite = sent++ % 10 !== 9;
    const options = isSprite
      ? { method: 'POST', path: '/v1/sprites', headers: { 'content-type': 'application/json' } }
      : { method: 'GET', path: '/healthz' };
    const asked = request(url, { ...options, agent }, (answer) => {
      if ((answer.statusCode ?? 500) < 500) counts.good++;
      else counts.bad++;
      answer.resume();
    });
    asked.on('error', () => counts.bad++);
    asked.end(isSprite ? sprite : undefined);
  };
  const timer = setInterval(send, 1000 / rate);
  return {
    counts,
    stop: () => {
      clearInterval(timer);
      agent.destroy();
    },
  };
}
