import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { goodBefore, goodOnesBefore, lastGood, lockOf, revisionTable, type Revision } from './history.ts';

/** Revisions from words such as `superseded`, or `deployed<2` for a rollback to 2, numbered from `first`. */
function history(words: string, first = 1): Revision[] {
  return words
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index) => {
      const [status = '', origin] = word.split('<');
      return {
        revision: first + index,
        status,
        updated: '2026-11-21T14:35:26Z',
        chart: 'game-1.0.0',
        description: origin === undefined ? 'Upgrade complete' : `Rollback to ${origin}`,
      };
    });
}

describe('an unfinished operation', () => {
  it.each([
    ['', undefined],
    ['superseded deployed', undefined],
    ['deployed failed', undefined],
    ['pending-install', 1],
    ['deployed pending-upgrade', 2],
    ['superseded failed pending-rollback', 3],
    ['deployed uninstalling', 2],
    // What a rollback has left behind stays so for ever; only the last revision counts.
    ['superseded pending-upgrade deployed<1', undefined],
  ])('in "%s" is that of revision %s', (words, revision) => {
    expect(lockOf(history(words))?.revision).toBe(revision);
  });
});

describe('a failed upgrade goes back', () => {
  it.each([
    ['to nothing when there was nothing', '', undefined],
    ['to nothing when nothing was ever good', 'failed', undefined],
    ['to what is deployed', 'superseded deployed', 2],
    ['to what is deployed, past failures', 'superseded deployed failed failed', 2],
    ['to what was deployed last, when nothing is', 'superseded superseded failed', 2],
    ['to nothing that was uninstalled since', 'superseded uninstalled', undefined],
    ['to what was installed again', 'superseded uninstalled deployed failed', 3],
  ])('%s', (_, words, revision) => {
    expect(lastGood(history(words))?.revision).toBe(revision);
  });
});

describe('a wanted rollback goes', () => {
  it.each([
    ['nowhere without a release', '', undefined],
    ['nowhere from the first revision', 'deployed', undefined],
    ['to the one before', 'superseded deployed', 1],
    ['past what failed', 'superseded failed deployed', 1],
    ['on from what was rolled back to, not to what was fled from', 'superseded superseded superseded deployed<2', 1],
    ['nowhere when it has gone back to the first already', 'superseded superseded deployed<1', undefined],
    ['back through two rollbacks', 'superseded superseded superseded superseded<2 deployed<4', 1],
    ['to a rollback when something new came after it', 'superseded superseded superseded<1 deployed', 3],
    ['nowhere before an uninstall', 'superseded uninstalled deployed', undefined],
  ])('%s', (_, words, revision) => {
    expect(goodBefore(history(words))?.revision).toBe(revision);
  });

  it('nowhere when the history does not reach far enough', () => {
    expect(goodBefore(history('superseded superseded deployed<3', 11))).toBeUndefined();
  });

  it('at first; those before it follow, newest first', () => {
    const all = goodOnesBefore(history('superseded failed superseded superseded deployed'));
    expect(all.map(({ revision }) => revision)).toEqual([4, 3, 1]);
  });

  it('ends with a description that names the revision itself or a later one', () => {
    expect(goodBefore(history('superseded deployed<2'))?.revision).toBe(1);
    expect(goodBefore(history('superseded deployed<9'))?.revision).toBe(1);
  });

  it('only ever to a good revision that is older than what runs', () => {
    const word = fc.constantFrom('superseded', 'failed', 'pending-upgrade', 'superseded<1', 'superseded<2', 'failed<1');
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 9 }),
        fc.constantFrom('deployed', 'deployed<1', 'deployed<3'),
        (past, last) => {
          const all = history([...past, last].join(' '));
          const target = goodBefore(all);
          if (target === undefined) return;
          expect(target.status).toBe('superseded');
          expect(target.revision).toBeLessThan(all.length);
        },
      ),
    );
  });
});

it('the table shows the latest revisions, newest first', () => {
  const { rows } = revisionTable(history('superseded '.repeat(11) + 'deployed'));
  expect(rows).toHaveLength(8);
  expect(rows[0]?.slice(0, 2)).toEqual([12, 'deployed']);
});
