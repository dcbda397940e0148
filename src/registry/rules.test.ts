import { describe, expect, it } from '@jest/globals';
import { RegistryError, type RegistryProblem } from './errors.ts';
import { registryFinding } from './rules.ts';

describe('what a failure of the registry does to the verdict', () => {
  it.each<[RegistryProblem, string]>([
    ['unreachable', 'inconclusive'],
    ['refused', 'inconclusive'],
    ['lost', 'inconclusive'],
    ['missing', 'fail'],
    ['invalid', 'fail'],
  ])('%s: %s', (problem, outcome) => {
    const finding = registryFinding(new RegistryError(problem, 'It is so.'), 'ghcr.io/acme/game');
    expect(finding).toMatchObject({
      message: 'It is so.',
      place: { resource: 'ghcr.io/acme/game' },
      rule: { outcome },
    });
  });
});
