import { describe, expect, it } from '@jest/globals';
import { dockerConfig } from './login.ts';

describe("Docker's configuration for one login", () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    ['127.0.0.1:5000', '127.0.0.1:5000'],
    ['docker.io', 'https://index.docker.io/v1/'],
    ['index.docker.io', 'https://index.docker.io/v1/'],
  ])('of %s is kept under %s', (registry, key) => {
    const config = JSON.parse(dockerConfig({ registry, username: 'ci', password: 'p:"\\ü' })) as unknown;
    expect(config).toEqual({ auths: { [key]: { auth: Buffer.from('ci:p:"\\ü').toString('base64') } } });
  });
});
