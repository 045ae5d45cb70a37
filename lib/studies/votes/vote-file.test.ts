import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NamedVote } from '#lib/statistics/votes/vote-columns.ts';
import { readVoteFile, type VoteFileOptions, voteFileFormat } from './vote-file.ts';
import type { BadRow } from './vote-row.ts';

async function* bytes(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const whole = Buffer.from(text);
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

async function read(text: string, options: Partial<VoteFileOptions> = {}, size?: number) {
  const votes: NamedVote[] = [];
  const bad: BadRow[] = [];
  const settings: VoteFileOptions = { file: 'votes.csv', format: 'csv', ...options };
  for await (const batch of readVoteFile(bytes(text, size), settings)) {
    votes.push(...batch.votes);
    bad.push(...batch.bad);
  }
  return { votes, bad };
}

test('a CSV of arena battles, whatever the order of columns, quotes, line ends and blank lines', async () => {
  const { votes } = await read(
    '\uFEFFwinner,model_b,model_a,judge\r\nmodel_a,"b, the second",a,x\r\n\r\nmodel_b,b,"a ""q""",x\ntie (bothbad),b,a,x',
  );
  expect(votes).toEqual([
    { left: 'a', right: 'b, the second', outcome: 'left', rater: null, prompt: null },
    { left: 'a "q"', right: 'b', outcome: 'right', rater: null, prompt: null },
    { left: 'a', right: 'b', outcome: 'tie', rater: null, prompt: null },
  ]);
});

test('JSONL, with raters and prompts, and numbers as names', async () => {
  const { votes } = await read(
    '{"model_a":"a","model_b":7,"winner":"tie","rater":"r","prompt":"的"}\n\n{"model_a":"a","model_b":"b","winner":"model_b","rater":null,"turn":1}\n',
    { format: 'jsonl' },
    1,
  );
  expect(votes).toEqual([
    { left: 'a', right: '7', outcome: 'tie', rater: 'r', prompt: '的' },
    { left: 'a', right: 'b', outcome: 'right', rater: null, prompt: null },
  ]);
});

test('other columns and other words', async () => {
  const { votes } = await read('student,school1,school2,outcome\n4,x,y,win2\n5,x,y,draw\n', {
    columns: { a: 'school1', b: 'school2', winner: 'outcome', rater: 'student' },
    values: { left: ['win1'], right: ['win2'], tie: ['no decision', 'draw'] },
  });
  expect(votes.map(({ outcome, rater }) => [outcome, rater])).toEqual([
    ['right', '4'],
    ['tie', '5'],
  ]);
});

const HEAD = 'model_a,model_b,winner,rater\n';
const BAD: [string, string, string][] = [
  [
    'an unknown winner',
    `${HEAD}a,b,left,r\n`,
    'votes.csv, line 2, column "winner": found "left"; expected one of "model_a", "model_b", "tie", "tie (bothbad)".',
  ],
  [
    'no name',
    `${HEAD}a,b,tie,r\n ,b,tie,r\n`,
    'votes.csv, line 3, column "model_a": found ""; expected the name of a model.',
  ],
  [
    'one arm twice',
    `${HEAD}a,a,tie,r\n`,
    'votes.csv, line 2, column "model_b": found "a"; expected a model other than "a", which is in model_a.',
  ],
  [
    'a short row',
    `${HEAD}a,b\n`,
    'votes.csv, line 2: found 2 fields; expected 4, as in the header.',
  ],
  [
    'a row after one of two lines',
    `${HEAD}a,"b\nb",tie,r\na,b,x,r\n`,
    'votes.csv, line 4, column "winner": found "x"; expected one of',
  ],
  ['an open quote', `${HEAD}a,"b,tie,r\n`, 'this is not well-formed CSV'],
  [
    'a missing column',
    'a,b,winner\n',
    'votes.csv, line 1: found no column "model_a" among "a", "b", "winner"',
  ],
  ['nothing at all', '', 'votes.csv is empty'],
];

test.each(BAD)('%s is refused with its place and what was expected', async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test('bad lines of JSONL are refused with their place', async () => {
  const jsonl = (text: string) => read(text, { file: 'v.jsonl', format: 'jsonl' });
  await expect(jsonl('\n{"model_a"\n')).rejects.toThrow(
    'v.jsonl, line 2: found text that is not JSON; expected one JSON object a line.',
  );
  await expect(jsonl('[1]')).rejects.toThrow('line 1: found a list');
  await expect(jsonl('{"model_a":"a","model_b":"b"}')).rejects.toThrow(
    'line 1, column "winner": found nothing; expected one of',
  );
  await expect(jsonl('{"model_b":"b","winner":"tie"}')).rejects.toThrow('column "model_a"');
});

test('bad rows can be left out and are counted', async () => {
  const { votes, bad } = await read(`${HEAD}a,b,x,r\na,b,tie,r\na,b\n`, { skipBadRows: true });
  expect(votes).toHaveLength(1);
  expect(bad.map(({ line, column }) => [line, column])).toEqual([
    [2, 'winner'],
    [4, null],
  ]);
});

test('one word for two outcomes is refused', async () => {
  await expect(read(HEAD, { values: { left: ['x'], right: ['x'] } })).rejects.toThrow(
    'stands for both left and right',
  );
});

test('what chunks the file comes in does not matter', async () => {
  const text = `${HEAD}a,b,model_a,r\nβ,"c\r\nd",tie,s\nä,a,model_b,\n`;
  const whole = await read(text, {}, 1000);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
      expect(await read(text, {}, size)).toEqual(whole);
    }),
  );
});

test('any bytes are read or refused, never anything else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom('csv' as const, 'jsonl' as const),
      async (noise, format) => {
        async function* source() {
          yield Buffer.from(format === 'csv' ? HEAD : '');
          yield noise;
        }
        const done = (async () => {
          for await (const batch of readVoteFile(source(), { file: 'f', format })) void batch;
          return null;
        })();
        await done.catch((error) => expect(error.code).toBe('BAD_INPUT'));
      },
    ),
  );
});

test('the name tells the format', () => {
  expect(['v.CSV', 'v.jsonl', 'v.ndjson', 'v.txt'].map(voteFileFormat)).toEqual([
    'csv',
    'jsonl',
    'jsonl',
    null,
  ]);
});
