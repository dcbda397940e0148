import { describe, expect, it } from '@jest/globals';
import { forgeOperations, mayDo } from './operations.ts';

describe('permissions of a token', () => {
  it.each([
    [{ deployments: 'write' }, 'repos/create-deployment', true],
    [{ deployments: 'write' }, 'repos/list-deployments', true],
    [{ deployments: 'read' }, 'repos/list-deployments', true],
    [{ deployments: 'read' }, 'repos/create-deployment', false],
    [{ deployments: 'none' }, 'repos/list-deployments', false],
    [{ checks: 'write' }, 'repos/create-deployment', false],
  ] as const)('%j may do %s: %s', (permissions, operation, may) => expect(mayDo(permissions, operation)).toBe(may));

  it('lets a token without permissions do nothing', () => {
    const operations = Object.keys(forgeOperations) as (keyof typeof forgeOperations)[];
    expect(operations.filter((operation) => mayDo({}, operation))).toEqual([]);
  });
});
