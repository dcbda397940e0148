import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { conclude, decide, type Finding } from './report.ts';
import type { Outcome } from './rule.ts';

const finding = (outcome: Outcome, message = `a ${outcome}`): Finding => ({
  rule: { id: `test/${outcome}`, title: '', why: '', fix: '', outcome },
  message,
});
const outcomes = fc.array(fc.constantFrom<Outcome[]>('fail', 'inconclusive', 'warning', 'note'));
const examined = { count: 1, what: 'thing' };

describe('the verdict', () => {
  it.each<[Outcome[], string]>([
    [[], 'pass'],
    [['note', 'warning'], 'pass'],
    [['inconclusive'], 'inconclusive'],
    [['note', 'inconclusive', 'fail'], 'fail'],
  ])('of findings %j is %s', (list, verdict) => {
    expect(decide(list.map((outcome) => finding(outcome)))).toBe(verdict);
  });

  it('never gets better by another finding, and does not depend on their order', () => {
    const rank = { pass: 0, inconclusive: 1, fail: 2 };
    fc.assert(
      fc.property(outcomes, fc.constantFrom<Outcome[]>('fail', 'inconclusive', 'warning', 'note'), (list, more) => {
        const findings = list.map((outcome) => finding(outcome));
        expect(rank[decide([...findings, finding(more)])]).toBeGreaterThanOrEqual(rank[decide(findings)]);
        expect(decide(findings.toReversed())).toBe(decide(findings));
      }),
    );
  });
});

describe('a report', () => {
  it('of a gate that examined nothing is inconclusive', () => {
    const nothing = { count: 0, what: 'image' };
    const report = conclude({ examined: nothing, findings: [finding('warning')], passed: 'All is well.' });
    expect(report.verdict).toBe('inconclusive');
    expect(report.headline).toBe('No image found to examine.');
    const why = conclude({ examined: nothing, findings: [finding('fail', 'It has no image.')], passed: '' });
    expect(why.findings.map(({ message }) => message)).toEqual(['It has no image.']);
  });

  it.each<[Outcome, string[]]>([
    ['inconclusive', ['an inconclusive']],
    ['fail', ['a fail']],
    ['warning', ['No image found to examine.', 'a warning']],
  ])('that examined nothing and says so with a finding of outcome %s', (outcome, messages) => {
    const findings = [finding(outcome, outcome === 'inconclusive' ? 'an inconclusive' : undefined)];
    const report = conclude({ examined: { count: 0, what: 'image' }, findings, passed: 'All is well.' });
    expect(report.findings.map(({ message }) => message)).toEqual(messages);
  });

  it('shows the worst findings first and keeps the order among equals', () => {
    const findings = [finding('note'), finding('fail', 'first'), finding('warning'), finding('fail', 'second')];
    const report = conclude({ examined, findings, passed: '' });
    expect(report.findings.map(({ message }) => message)).toEqual(['first', 'second', 'a warning', 'a note']);
    expect(report.headline).toBe('first (and 1 more)');
  });

  it('says what passed when nothing is wrong', () => {
    expect(conclude({ examined, findings: [finding('warning')], passed: 'Fine.' }).headline).toBe('Fine.');
  });
});
