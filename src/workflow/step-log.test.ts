import { describe, expect, it } from '@jest/globals';
import { Masker } from './masker.ts';
import { StepLog } from './step-log.ts';

function logOf(output: string, secrets: string[] = []): StepLog {
  const masker = new Masker();
  secrets.forEach((secret) => masker.add(secret));
  const log = new StepLog(masker, () => undefined);
  const stream = log.stream();
  stream.write(Buffer.from(output));
  stream.end();
  return log;
}

describe('what a step prints', () => {
  it('is its log, line by line', () => {
    expect(logOf('one\ntwo\r\n\nthree').lines).toEqual(['one', 'two', '', 'three']);
  });

  it('becomes annotations by commands', () => {
    const { annotations, lines } = logOf(
      '::error file=a.js,line=3,endLine=4,col=1,endColumn=2,title=T::broken%0Abadly\n::notice col=3::no line\n::warning endLine=7::end\n',
    );
    expect(annotations).toEqual([
      {
        type: 'error',
        message: 'broken\nbadly',
        file: 'a.js',
        line: 3,
        endLine: 4,
        column: 1,
        endColumn: 2,
        title: 'T',
      },
      { type: 'notice', message: 'no line' },
      { type: 'warning', message: 'end', line: 7, endLine: 7 },
    ]);
    expect(lines).toEqual(['##[error]broken', 'badly', '##[notice]no line', '##[warning]end']);
  });

  it('makes ten annotations of a type and no more, and cuts a message at 4096 characters', () => {
    const { annotations, lines } = logOf(`${'::error::x\n'.repeat(12)}::warning::${'y'.repeat(5000)}\n`);
    expect(annotations.filter(({ type }) => type === 'error')).toHaveLength(10);
    expect(lines.filter((line) => line === '##[error]x')).toHaveLength(12);
    expect(annotations.at(-1)?.message).toHaveLength(4096);
  });

  it('is masked from the line after add-mask on, annotations and their places too', () => {
    const { lines, annotations } = logOf(
      '::add-mask::hush-hush\nsay hush-hush\n::error file=hush-hush.js::hush-hush!\n',
    );
    expect(lines).toEqual(['say ***', '##[error]***!']);
    expect(annotations).toEqual([{ type: 'error', message: '***!', file: '***.js' }]);
  });

  it('warns of an empty mask', () => {
    expect(logOf('::add-mask::  \n').annotations).toMatchObject([{ type: 'warning' }]);
  });

  it('is only text between stop-commands and its token', () => {
    const { lines, annotations } = logOf(
      '::stop-commands::tok3n-of-mine\n::error::not one\n::other::\n::tok3n-of-mine::\n::error::one\n',
    );
    expect(lines).toEqual(['::stop-commands::***', '::error::not one', '::other::', '::***::', '##[error]one']);
    expect(annotations).toHaveLength(1);
  });

  it.each(['', 'error', 'pause-logging', 'stop-commands', 'set-output'])(
    'fails the step when the token of stop-commands is %j',
    (token) => {
      expect(logOf(`::stop-commands::${token}\n::error::after\n`)).toMatchObject({ hasFailed: true });
    },
  );

  it.each(['set-output name=a', 'save-state name=a', 'set-env name=A', 'add-path', 'add-matcher', 'remove-matcher'])(
    'fails the step when it gives the command %s',
    (command) => {
      const log = logOf(`::${command}::x\n`);
      expect(log.hasFailed).toBe(true);
      expect(log.annotations[0]?.message).toContain(`\`${command.split(' ')[0] ?? ''}\` is not supported`);
    },
  );

  it('may be folded; debug lines and echo leave no trace', () => {
    expect(logOf('::group::A\nx\n::endgroup::\n::debug::no\n::echo::on\n').lines).toEqual([
      '##[group]A',
      'x',
      '##[endgroup]',
    ]);
  });

  it('is cut when a line is huge, and then no command', () => {
    const { lines, annotations } = logOf(`::error::${'z'.repeat(300_000)}\nafter\n`);
    expect(annotations).toEqual([]);
    expect(lines[0]).toMatch(/^::error::z+… \(the line is cut here\)$/);
    expect(lines[1]).toBe('after');
  });

  it('is bounded, and says how much is missing', () => {
    const log = logOf('0123456789\n'.repeat(900_000));
    expect(log.result.at(-1)).toMatch(/^\d+ more lines were printed, and are not kept\.$/);
    expect(log.lines.length).toBeLessThan(900_000);
  });
});
