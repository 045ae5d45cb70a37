// Makes the tiny world: npm run tiny-world -- --clips 4000 --out data/tiny-world
// Equal options give equal bytes. README.md says what is in the folder.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeClips } from './world/make-clips.ts';
import { makeLongVideos } from './world/make-long-videos.ts';

const { values } = parseArgs({
  options: {
    clips: { type: 'string', default: '4000' },
    rated: { type: 'string', default: '400' },
    long: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'data/tiny-world' },
  },
});
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
const started = performance.now();
const [clips, rated, long] = [wholeNumber('clips'), wholeNumber('rated'), wholeNumber('long')];
if (clips > 0) makeClips({ out, count: clips, seed: values.seed });
if (rated > 0) makeClips({ out, count: rated, seed: values.seed, isRated: true });
if (long > 0) makeLongVideos({ out, count: long, seed: values.seed });
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`Made the tiny world in ${join(values.out, '/')} in ${seconds} s.`);

function wholeNumber(name: 'clips' | 'rated' | 'long'): number {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Error(`--${name} has to be a whole number of 0 or more, but is "${values[name]}".`);
}
