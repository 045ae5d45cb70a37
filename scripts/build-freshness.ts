import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the production build is made from. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'messages',
  'public',
  'prisma/schema.prisma',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const MARK = '.next/made-from';
const BUILD = '.next/BUILD_ID';

/** SHA-256 over names and contents of all sources; tests don't count. */
export function hashSources(root: string): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) addTo(hash, root, source);
  return hash.digest('hex');
}

function addTo(hash: ReturnType<typeof createHash>, root: string, path: string): void {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return;
  const entries = readEntries(absolute);
  if (entries === undefined) {
    const content = readFileSync(absolute);
    hash.update(`${path}\0${content.length}\0`).update(content);
    return;
  }
  for (const name of entries) {
    if (!/\.test\.tsx?$/.test(name) && name !== 'generated') addTo(hash, root, join(path, name));
  }
}

/** Sorted names of a folder; undefined for a file. */
function readEntries(path: string): string[] | undefined {
  try {
    return readdirSync(path).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Whether the build was made from the sources as they are. */
export function isBuildFresh(root: string): boolean {
  const mark = join(root, MARK);
  return (
    existsSync(join(root, BUILD)) &&
    existsSync(mark) &&
    readFileSync(mark, 'utf8') === hashSources(root)
  );
}

/** Records what a build that was just made is from. @param hash taken before the build began. */
export function recordBuild(root: string, hash: string): void {
  writeFileSync(join(root, MARK), hash);
}
