import { describe, expect, it } from '@jest/globals';
import { ConcurrencyGroups, type GroupRequest } from './concurrency.ts';

const never = new AbortController().signal;
const request = (more: Partial<GroupRequest> = {}): GroupRequest => ({
  group: 'deploy',
  cancelInProgress: false,
  queue: 'single',
  heldAround: [],
  ...more,
});

/** Enters and notes what becomes of it. */
function enter(
  groups: ConcurrencyGroups,
  name: string,
  notes: string[],
  more: Partial<GroupRequest> = {},
  signal = never,
) {
  return groups
    .enter(request(more), () => notes.push(`${name} displaced`), signal)
    .then((leave) => {
      notes.push(leave === undefined ? `${name} gave up` : `${name} in`);
      return leave;
    });
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a concurrency group', () => {
  it('lets one in after the other, whatever the case of its name', async () => {
    const [groups, notes] = [new ConcurrencyGroups(), [] as string[]];
    const leave = await enter(groups, 'first', notes);
    const second = enter(groups, 'second', notes, { group: 'DEPLOY' });
    await settle();
    expect(notes).toEqual(['first in']);
    leave?.();
    await second;
    expect(notes).toEqual(['first in', 'second in']);
  });

  it('keeps only the last that waits', async () => {
    const [groups, notes] = [new ConcurrencyGroups(), [] as string[]];
    const leave = await enter(groups, 'first', notes);
    const second = enter(groups, 'second', notes);
    const third = enter(groups, 'third', notes);
    expect(await second).toBeUndefined();
    leave?.();
    await third;
    expect(notes).toEqual(['first in', 'second gave up', 'third in']);
  });

  it('keeps all that wait when it queues', async () => {
    const [groups, notes] = [new ConcurrencyGroups(), [] as string[]];
    const leave = await enter(groups, 'first', notes);
    const others = ['second', 'third'].map((name) => enter(groups, name, notes, { queue: 'max' }));
    leave?.();
    (await others[0])?.();
    await others[1];
    expect(notes).toEqual(['first in', 'second in', 'third in']);
  });

  it('cancels the one that runs when a newcomer asks for it', async () => {
    const [groups, notes] = [new ConcurrencyGroups(), [] as string[]];
    const leave = await enter(groups, 'first', notes);
    const second = enter(groups, 'second', notes, { cancelInProgress: true });
    expect(notes).toEqual(['first in', 'first displaced']);
    leave?.();
    await second;
    expect(notes.at(-1)).toBe('second in');
  });

  it('is given up by one that is cancelled while it waits', async () => {
    const [groups, notes] = [new ConcurrencyGroups(), [] as string[]];
    const leave = await enter(groups, 'first', notes);
    const cancel = new AbortController();
    const second = enter(groups, 'second', notes, {}, cancel.signal);
    await settle();
    cancel.abort();
    expect(await second).toBeUndefined();
    leave?.();
    expect(await enter(groups, 'third', notes)).toBeDefined();
  });

  it('refuses to wait for what is around it', async () => {
    await expect(
      new ConcurrencyGroups().enter(request({ heldAround: ['Deploy'] }), () => undefined, never),
    ).rejects.toThrow('wait for itself');
  });
});
