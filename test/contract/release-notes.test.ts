import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';

const folder = mkdtempSync(join(tmpdir(), 'slipway-notes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const changelog = `# Changelog

## [Unreleased]

- not yet

## [1.2.0] - 2026-01-02

### Added

- one

## [1.1.0]

## [1.0.0] - 2025-01-02

- first
`;

function notes(tag: string, version: string) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
  const script = resolve('scripts/release-notes.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, tag], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

it('prints the section of the version and nothing of another', () => {
  expect(notes('v1.2.0', '1.2.0')).toEqual({ status: 0, stdout: '### Added\n\n- one\n', stderr: '' });
  expect(notes('v1.0.0', '1.0.0').stdout).toBe('- first\n');
});

it.each([
  ['the tag is another version', 'v1.2.1', '1.2.0', 'The tag v1.2.1 is not the version 1.2.0'],
  ['the version has no section', 'v1.3.0', '1.3.0', 'CHANGELOG.md has no section "## [1.3.0]"'],
  ['a dot would match any character', 'v1x2.0', '1x2.0', 'has no section'],
  ['the section is empty', 'v1.1.0', '1.1.0', 'is empty'],
])('fails when %s', (_, tag, version, problem) => {
  const { status, stdout, stderr } = notes(tag, version);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(problem);
});

it('is asked before the hours of tests, and what it prints is what is published', () => {
  const publish = readFileSync('.github/workflows/publish.yml', 'utf8');
  expect(publish.indexOf('scripts/release-notes.js')).toBeLessThan(publish.indexOf('.ci/run'));
  expect(publish).toMatch(/release-notes\.js "\$TAG" > "\$RUNNER_TEMP\/notes\.md"/);
  expect(publish).toContain('--notes-file "$RUNNER_TEMP/notes.md"');
});
