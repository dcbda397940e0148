import { describe, expect, it } from '@jest/globals';
import { parseChallenges } from './challenge.ts';

describe('the challenges of a registry', () => {
  it.each([
    [
      'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:app:pull,push"',
      [
        {
          scheme: 'bearer',
          parameters: {
            realm: 'https://auth.example/token',
            service: 'registry.example',
            scope: 'repository:app:pull,push',
          },
        },
      ],
    ],
    ['Basic realm="Registry"', [{ scheme: 'basic', parameters: { realm: 'Registry' } }]],
    ['bearer REALM=https://auth.example', [{ scheme: 'bearer', parameters: { realm: 'https://auth.example' } }]],
    [
      'Bearer realm="a \\"b\\" c" , service = d',
      [{ scheme: 'bearer', parameters: { realm: 'a "b" c', service: 'd' } }],
    ],
    [
      'Negotiate, Basic realm="x, y", Bearer realm="z"',
      [
        { scheme: 'basic', parameters: { realm: 'x, y' } },
        { scheme: 'bearer', parameters: { realm: 'z' } },
      ],
    ],
    ['Basic', [{ scheme: 'basic', parameters: {} }]],
    ['Digest realm="x"', []],
    ['', []],
  ])('%s', (header, challenges) => {
    expect(parseChallenges(header)).toEqual(challenges);
  });
});
