import { readdirSync } from 'node:fs';
import type { Drill } from './drills/drill.ts';

/** `npm run drill -- ID...`: runs requirement tests at their stated counts; each is tests/drills/ID.ts. */
const folder = new URL('./drills/', import.meta.url);
const known = readdirSync(folder)
  .flatMap((file) => /^([A-Z]+\d+)\.ts$/.exec(file)?.[1] ?? [])
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => !known.includes(id));
if (wanted.length === 0 || unknown.length > 0) {
  const which = unknown.length > 0 ? `No drill is called ${unknown.join(', ')}. ` : '';
  process.stderr.write(`${which}Name one or more of ${known.join(', ')}.\n`);
  process.exit(2);
}
let failed = 0;
for (const id of wanted) {
  process.stdout.write(`\n${id}\n`);
  const { drill }: { drill: Drill } = await import(new URL(`${id}.ts`, folder).href);
  const passed = await drill();
  process.stdout.write(`${id} ${passed ? 'passed' : 'failed'}\n`);
  if (!passed) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;
