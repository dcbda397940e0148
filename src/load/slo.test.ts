import { describe, expect, it } from '@jest/globals';
import { parseChecked } from '../documents/checked.ts';
import { objectivesOf } from './slo.ts';
import { sloSchema } from './slo-schema.ts';

/** A whole file; the parts under test are put in its place. */
function file(parts: { latency?: string; errors?: string; spec?: string; head?: string } = {}): string {
  return `${parts.head ?? 'apiVersion: openslo/v1\nkind: SLO'}
metadata: { name: shop, labels: { team: web } }
spec:
  service: shop
  budgetingMethod: Occurrences
  timeWindow: [{ duration: 4w, isRolling: true }]
${parts.spec ?? ''}
  objectives:
${parts.latency ?? latency()}
${parts.errors ?? errors()}
`;
}

function latency(
  rest = 'op: lte\n      value: 300\n      target: 0.95',
  metric = 'http_req_duration',
  type = 'k6',
): string {
  return `    - indicator:
        metadata: { name: latency }
        spec: { thresholdMetric: { metricSource: { type: ${type}, spec: { metric: ${metric} } } } }
      ${rest}`;
}

function errors(rest = 'target: 0.999', more = ''): string {
  return `    - indicator:
        metadata: { name: errors }
        spec:
          ratioMetric:
            counter: true
            bad: { metricSource: { type: k6, spec: { metric: http_req_failed } } }
            total: { metricSource: { type: k6, spec: { metric: http_reqs } } }
            ${more}
      ${rest}`;
}

function problemsOf(text: string): string {
  const checked = parseChecked(text, sloSchema);
  return 'problems' in checked ? checked.problems.map(({ line, message }) => `${line}: ${message}`).join('\n') : '';
}

describe('an OpenSLO file for a load test', () => {
  it('says the latency percentile and its bound, and the share of good answers', () => {
    const checked = parseChecked(file(), sloSchema);
    expect('value' in checked && objectivesOf(checked.value)).toEqual({
      service: 'shop',
      latency: { percent: 95, atMost: 300 },
      good: { percent: 99.9 },
    });
  });

  it('gives a target as the percentage that was meant, where binary fractions would add digits', () => {
    const checked = parseChecked(
      file({ latency: latency('op: lte\n      value: 300\n      target: 0.57') }),
      sloSchema,
    );
    expect('value' in checked && objectivesOf(checked.value).latency.percent).toBe(57);
  });

  it('takes targetPercent for target', () => {
    const text = file({ latency: latency('op: lte\n      value: 1.5\n      targetPercent: 99.5') });
    const checked = parseChecked(text, sloSchema);
    expect('value' in checked && objectivesOf(checked.value).latency).toEqual({ percent: 99.5, atMost: 1.5 });
  });

  it.each([
    ['another version', { head: 'apiVersion: openslo/v1alpha\nkind: SLO' }, 'load-test reads OpenSLO v1'],
    ['another kind', { head: 'apiVersion: openslo/v1\nkind: SLI' }, '`kind: SLO`'],
    ['a misspelt key', { spec: '  servise: shop' }, 'Unrecognized key: "servise"'],
    ['one indicator for all', { spec: '  indicatorRef: web' }, 'an `indicator` of its own'],
    ['an indicator in another file', { errors: '    - indicatorRef: web\n      target: 0.99' }, 'reads no other file'],
    ['no indicator', { errors: '    - target: 0.99' }, 'an `indicator` of its own'],
    ['another metric source', { latency: latency(undefined, 'http_req_duration', 'Prometheus') }, 'measures with k6'],
    [
      'another metric of k6',
      { latency: latency(undefined, 'iteration_duration') },
      'spec: { metric: http_req_duration }',
    ],
    ['another comparison', { latency: latency('op: lt\n      value: 300\n      target: 0.95') }, 'knows only `lte`'],
    ['no bound', { latency: latency('target: 0.95') }, '`op: lte` and `value`, in milliseconds'],
    ['a bound for errors', { errors: errors('value: 3\n      target: 0.99') }, 'An error objective has a target only'],
    ['no target', { errors: errors('displayName: errors') }, 'either `target` or `targetPercent`'],
    ['both targets', { errors: errors('target: 0.99\n      targetPercent: 99') }, 'either `target` or `targetPercent`'],
    ['a target that nothing can break', { errors: errors('target: 0') }, 'Too small'],
    ['a target that one request breaks', { errors: errors('targetPercent: 100') }, 'Too big'],
    ['a good count', { errors: errors(undefined, 'good: { metricSource: {} }') }, 'use `bad` and `total`'],
    ['a weight', { errors: errors('target: 0.99\n      compositeWeight: 2') }, 'weights have no meaning'],
    ['no error objective', { errors: '' }, 'one latency and one error objective; there are 1 and 0'],
    ['two latency objectives', { latency: `${latency()}\n${latency()}` }, 'there are 2 and 1'],
  ])('refuses %s', (_, parts, message) => expect(problemsOf(file(parts))).toContain(message));

  it('refuses time slices', () => {
    expect(problemsOf(file().replace('Occurrences', 'Timeslices'))).toContain('budgetingMethod: Occurrences');
  });
});
