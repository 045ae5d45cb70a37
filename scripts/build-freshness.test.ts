import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hashSources, isBuildFresh, recordBuild } from './build-freshness.ts';

const root = mkdtempSync(join(tmpdir(), 'winnow-build-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

test('a build is fresh until a source, its place or the lock file changes', () => {
  write('app/page.tsx', 'one');
  write('package-lock.json', '{}');
  expect(isBuildFresh(root)).toBe(false);

  const build = () => {
    write('.next/BUILD_ID', 'x');
    recordBuild(root, hashSources(root));
    expect(isBuildFresh(root)).toBe(true);
  };
  build();
  write('app/page.test.tsx', 'tests do not count');
  write('docs/guide.md', 'nor do documents');
  expect(isBuildFresh(root)).toBe(true);

  write('app/page.tsx', 'two');
  expect(isBuildFresh(root)).toBe(false);
  build();
  write('package-lock.json', '{"a":1}');
  expect(isBuildFresh(root)).toBe(false);
  build();
  rmSync(join(root, 'app/page.tsx'));
  write('app/other.tsx', 'two');
  expect(isBuildFresh(root)).toBe(false);
});
