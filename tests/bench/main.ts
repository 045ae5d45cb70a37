import { readdir } from 'node:fs/promises';

/** `npm run bench -- NAME...`: runs tests/bench/NAME.ts, each in turn; without a name, all. */
interface Bench {
  /** Measures, and prints one line a figure. */
  run(print: (line: string) => void): Promise<void>;
}

const folder = new URL('./', import.meta.url);
const known = (await readdir(folder))
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts' && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -3))
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(
    `No bench is called ${unknown.join(', ')}; there are ${known.join(', ')}.\n`,
  );
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : known) {
  process.stdout.write(`\n${name}\n`);
  const bench: Bench = await import(new URL(`${name}.ts`, folder).href);
  await bench.run((line) => process.stdout.write(`  ${line}\n`));
}
