// Says how many of the known bad clips each subset lacks, as a Markdown table:
// node examples/tiny-world/count-faults.ts data/tiny-world/clips-known.csv flow-25.csv aes-25.csv ...
// The files are manifests as `winnow manifest export --format csv` writes them.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { FAULTS } from './world/fault.ts';

const [known, ...manifests] = process.argv.slice(2);
if (!known || manifests.length === 0) throw new Error('Name clips-known.csv and the manifests.');

const faults = new Map(rows(known).map((row) => [row.path ?? '', row.known_fault ?? '']));
const all = count(faults.keys());
print(['subset', 'clips', 'bad left', ...FAULTS.map((name) => `${name} removed`)]);
print(['---', ...Array.from({ length: FAULTS.length + 2 }, () => '---:')]);
for (const manifest of manifests) {
  const kept = count(rows(manifest).map(({ path = '' }) => nameOf(path)));
  const clips = [...kept.values()].reduce((sum, number) => sum + number, 0);
  const bad = clips - (kept.get('none') ?? 0);
  print([
    basename(manifest, '.csv'),
    String(clips),
    percent(bad, clips),
    ...FAULTS.map((name) =>
      percent((all.get(name) ?? 0) - (kept.get(name) ?? 0), all.get(name) ?? 0),
    ),
  ]);
}

function count(paths: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const fault = faults.get(path);
    if (fault === undefined) throw new Error(`There is no clip ${path} in ${known}.`);
    counts.set(fault, (counts.get(fault) ?? 0) + 1);
  }
  return counts;
}

/** Manifests may name clips by their whole path. */
function nameOf(path: string): string {
  return path.split('/').slice(-2).join('/');
}

function rows(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { columns: true });
}

function percent(part: number, of: number): string {
  return of === 0 ? '' : `${((100 * part) / of).toFixed(1)} %`;
}

function print(cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}
