import { expect, test } from 'vitest';
import { readScoreFile } from './score-file.ts';

const rules = {
  file: 'clip.csv',
  arms: ['all', 'drop 25'],
  prompts: [
    { key: 'cat', text: 'A cat runs, fast' },
    { key: 'dog', text: 'A dog' },
  ],
};
async function* bytes(text: string) {
  // In two pieces, as a file comes.
  const whole = new TextEncoder().encode(text);
  yield whole.subarray(0, 20);
  yield whole.subarray(20);
}
const read = (text: string) => readScoreFile(bytes(text), rules);

test('reads arms by name, prompts by key or text, and one column a metric', async () => {
  const file = await read(
    '\uFEFFmodel,prompt,clip score,aesthetics\r\nall,cat,0.31,5\r\n"drop 25","A cat runs, fast", ,4.5\r\n\r\nall,dog,1e-3,\r\n',
  );
  expect(file).toEqual({
    metrics: ['clip score', 'aesthetics'],
    rows: [
      { arm: 0, prompt: 0, values: [0.31, 5] },
      { arm: 1, prompt: 0, values: [null, 4.5] },
      { arm: 0, prompt: 1, values: [0.001, null] },
    ],
  });
});

test.each([
  ['arm,prompt,clip\nall,cat,high\n', 'line 2, column "clip": found "high"; expected a number'],
  ['arm,prompt,clip\nall,cat,NaN\n', 'line 2, column "clip": found "NaN"'],
  [
    'arm,prompt,clip\nall,cat,1\nnone,cat,1\n',
    'line 3, column "arm": found "none"; expected one of',
  ],
  ['arm,prompt,clip\nall,cow,1\n', 'line 2, column "prompt": found "cow"'],
  ['arm,prompt,clip\nall,cat\n', 'line 2: found 2 fields; expected 3'],
  ['arm,prompt,clip\nall,cat,1\nall,cat,2\n', 'line 3: found the arm and prompt of line 2 again'],
  ['arm,prompt,a,a\nall,cat,1,1\n', 'line 1: found two columns "a"'],
  ['arm,prompt\nall,cat\n', 'line 1: found 0 metrics'],
  ['arm,clip\nall,1\n', 'line 1: found the columns "arm", "clip"'],
  ['arm,prompt,clip\n', 'has no scores'],
  ['', 'has no scores'],
  ['arm,prompt,clip\nall,"cat,1\n', 'not well-formed CSV'],
])('refuses %j by name', async (text, message) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining(message),
  });
});
