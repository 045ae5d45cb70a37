import { expect, test } from 'vitest';
import { readCaptionTable } from './caption-table.ts';
import { readPromptTexts } from './prompt-texts.ts';
import { readVideoTable } from './video-table.ts';

async function* bytes(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let start = 0; start < all.length; start += size) yield all.subarray(start, start + size);
}

async function videos(file: string, text: string, size?: number) {
  return Array.fromAsync(readVideoTable(file, bytes(text, size)));
}

test.each([
  ['commas', 'v.csv', 'model,prompt,seed,path\nm,"a ""red"" car, far",3,a/x.mp4\n'],
  ['semicolons', 'v.csv', 'model;prompt;seed;path\nm;a "red" car, far;3;a/x.mp4\n'],
  ['tabs', 'v.tsv', 'model\tprompt\tseed\tpath\r\nm\ta "red" car, far\t3\ta/x.mp4\r\n'],
  [
    'a byte order mark',
    'v.csv',
    '\ufeffModel, Prompt ,seed,path,extra\nm,"a ""red"" car, far",3,a/x.mp4,1',
  ],
  [
    'JSONL',
    'v.jsonl',
    '{"model":"m","prompt":"a \\"red\\" car, far","seed":3,"path":"a/x.mp4"}\n\n',
  ],
])('a table with %s is read', async (_, file, text) => {
  const row = { model: 'm', prompt: 'a "red" car, far', seed: 3, path: 'a/x.mp4' };
  // A semicolon table can't hold a bare quote; it is quoted as CSV wants.
  const quoted = file.endsWith('.jsonl')
    ? text
    : text.replaceAll(/([;\t])a "red" car, far/g, '$1"a ""red"" car, far"');
  expect(await videos(file, quoted)).toEqual([{ line: expect.any(Number), values: row }]);
});

test('the seed may be left out, and a number may be a prompt', async () => {
  expect(await videos('v.csv', 'path,model,prompt\nx.mp4,m,42')).toEqual([
    { line: 2, values: { model: 'm', prompt: '42', seed: 0, path: 'x.mp4' } },
  ]);
});

test('a character split between two pieces is read whole', async () => {
  const text = 'model,prompt,path\n模型,一只狗,狗.mp4\n';
  expect((await videos('v.csv', text, 1))[0]?.values.prompt).toBe('一只狗');
});

test.each([
  [
    'v.csv',
    'model,path\nm,x',
    'v.csv line 1: the column "prompt" is missing; expected "model", "prompt", "path", found "model", "path".',
  ],
  ['v.csv', '', 'v.csv has no rows; expected the columns "model", "prompt", "path".'],
  [
    'v.csv',
    'model,prompt,seed,path\nm,p,1,x\nm,p,one,y',
    'v.csv line 3, column seed: expected a whole number from 0 to 2147483647, found "one".',
  ],
  [
    'v.csv',
    'model,prompt,seed,path\n,p,1,x',
    "v.csv line 2, column model: expected the model's name of at most 120 characters, found nothing.",
  ],
  [
    'v.csv',
    'model,prompt,path\nm,a, b,x',
    'v.csv line 2: the row has another number of cells than the header; put quotes around a text that holds the separator.',
  ],
  [
    'v.csv',
    'model,prompt,path\nm,"a,x\nm,b,y',
    'v.csv line 3: a quote is not closed; double a quote that belongs to the text ("").',
  ],
  [
    'v.jsonl',
    '{"model":"m","prompt":"p","path":"x"}\n[1]',
    'v.jsonl line 2: expected one JSON object a line, such as {"model": "a", ...}.',
  ],
  [
    'v.jsonl',
    '{"model":"m","prompt":{},"path":"x"}',
    'v.jsonl line 1, column prompt: expected the text of the prompt of at most 4000 characters, found {}.',
  ],
])('a mistake in %s is told with its place: %#', async (file, text, message) => {
  await expect(videos(file, text)).rejects.toThrow(message);
});

test('what is no text is refused', async () => {
  const binary = async function* () {
    yield Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
  };
  await expect(Array.fromAsync(readVideoTable('v.csv', binary()))).rejects.toThrow('UTF-8');
  await expect(videos('v.csv', 'model\0,prompt')).rejects.toThrow('UTF-8');
});

test('a caption table is read', async () => {
  const text = 'clip,captioner,caption\nc/1.mp4,short,A dog.\nc/1.mp4,long,"A dog,\nand a cat."\n';
  expect(await Array.fromAsync(readCaptionTable('c.csv', bytes(text)))).toEqual([
    { line: 2, values: { clip: 'c/1.mp4', captioner: 'short', caption: 'A dog.' } },
    { line: 4, values: { clip: 'c/1.mp4', captioner: 'long', caption: 'A dog,\nand a cat.' } },
  ]);
});

test('prompt texts are read from a table and from plain lines', async () => {
  const expected = new Map([
    ['beach', 'Waves, on a beach'],
    ['dog', 'A dog'],
  ]);
  const csv = 'key,text\nbeach,"Waves, on a beach"\ndog,A dog\n';
  expect(await readPromptTexts('prompts.csv', bytes(csv))).toEqual(expected);
  const txt = 'beach,Waves, on a beach\n\ndog\tA dog\n';
  expect(await readPromptTexts('prompts.txt', bytes(txt))).toEqual(expected);
});

test('prompt texts say what is wrong', async () => {
  await expect(readPromptTexts('prompts.txt', bytes('just words\n'))).rejects.toThrow(
    'prompts.txt line 1: expected a key, a comma and the text',
  );
  await expect(readPromptTexts('prompts.txt', bytes('a,b\na,c\n'))).rejects.toThrow(
    'prompts.txt line 2: "a" was given a text before.',
  );
});
