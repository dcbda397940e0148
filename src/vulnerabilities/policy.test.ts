import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseChecked } from '../documents/checked.ts';
import { vulnerabilityPolicySchema } from './policy.ts';

const shipped = readFileSync('policies/vulnerabilities.yaml', 'utf8');
const check = (text: string) => parseChecked(text, vulnerabilityPolicySchema);

describe('the shipped policy', () => {
  it('lets no critical vulnerability pass, and no high one that can be fixed', () => {
    expect(check(shipped)).toEqual({
      value: {
        version: 1,
        fail: { critical: 'always', high: 'fixable', medium: 'never', low: 'never', unknown: 'fixable' },
        'max-database-age': '48h',
        'end-of-life': 'fail',
      },
    });
  });
});

describe('a policy is refused', () => {
  it.each([
    ['without a severity', shipped.replace('  low: never\n', ''), 'fail.low'],
    ['with a severity that does not exist', shipped.replace('  low:', '  negligible: never\n  low:'), 'negligible'],
    ['with a word that is not one of three', shipped.replace('high: fixable', 'high: sometimes'), 'fail.high'],
    ['with a severity twice', shipped.replace('  low: never', '  critical: never\n  low: never'), 'stands twice'],
    ['of another version', shipped.replace('version: 1', 'version: 2'), 'version'],
    ['without an age for the database', shipped.replace(/^max-.*$/m, ''), 'max-database-age'],
    ['with an age without a unit', shipped.replace('age: 48h', 'age: 48'), 'max-database-age'],
    ['with an age without end', shipped.replace('age: 48h', 'age: .inf'), 'max-database-age'],
    ['with a key that nobody reads', `${shipped}ignore: [CVE-1]\n`, 'ignore'],
  ])('%s', (_, text, words) => {
    const result = check(text);
    expect('problems' in result && result.problems.map(({ message }) => message).join('\n')).toContain(words);
  });
});
