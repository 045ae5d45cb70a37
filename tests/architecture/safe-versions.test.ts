import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  /** Comes inside its parent's archive, whose content is pinned. */
  readonly inBundle?: boolean;
}

/** The lowest version of a package without a known hole that touches Winnow, and what was mended in it. */
const FLOORS: readonly [name: string, version: string, reason: string][] = [
  ['next', '16.4.5', 'security release of the 16.4 line'],
  ['next-auth', '4.24.15', 'the kept version of the 4 line'],
  ['sharp', '0.35.5', 'decoders of foreign pictures'],
  ['node', '24.21.0', 'newest release of the 24 line at the time of writing'],
  ['node-av', '6.1.1', 'FFmpeg 8.1'],
  ['@orpc/server', '1.16.1', 'all oRPC packages move together'],
  ['pg', '8.23.1', 'the driver under Prisma and the queue'],
];

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);
const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(
  readFileSync('package.json', 'utf8'),
);

/** Every copy of a package in the lockfile, nested ones included. */
function versionsOf(name: string): string[] {
  return Object.entries(lock.packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .map(([, { version }]) => version ?? '');
}

test.each(FLOORS)('S1: %s is at least %s (%s)', (name, floor) => {
  const versions = versionsOf(name);
  expect(versions).not.toEqual([]);
  for (const version of versions)
    expect(version.localeCompare(floor, 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
});

test('S1: every package is pinned by its content', () => {
  const loose = Object.entries(lock.packages).filter(
    ([path, { integrity, link, inBundle }]) =>
      path !== '' && !link && !inBundle && integrity === undefined,
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});

test('S1: direct dependencies name one exact version', () => {
  const direct = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}),
  );
  expect(direct.length).toBeGreaterThan(20);
  expect(direct.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});
