import { expect, test } from 'vitest';
import { unzip } from '#tests/factories/unzip.ts';
import { type BundleFile, zipFiles } from './zip-files.ts';

async function* lines(count: number) {
  for (let n = 0; n < count; n++) yield `line ${n}\n`;
}

const files = (): BundleFile[] => [
  { path: 'a/ä.txt', content: 'text' },
  { path: 'b.bin', content: Uint8Array.of(1, 2, 3) },
  { path: 'c.csv', content: lines(50_000) },
  { path: 'd.json', content: 'ä😀'.repeat(200_000) },
];
const bytesOf = async (list: BundleFile[]) =>
  new Uint8Array(await new Response(zipFiles(list)).arrayBuffer());

test('the same files give the same bytes, and read back', async () => {
  const first = await bytesOf(files());
  expect(Buffer.compare(await bytesOf(files()), first)).toBe(0);
  const read = unzip(first);
  expect([...read.keys()]).toEqual(['a/ä.txt', 'b.bin', 'c.csv', 'd.json']);
  expect(read.get('a/ä.txt')?.toString()).toBe('text');
  expect([...(read.get('b.bin') ?? [])]).toEqual([1, 2, 3]);
  expect(read.get('c.csv')?.toString().trimEnd().split('\n')).toHaveLength(50_000);
  expect(read.get('d.json')?.toString()).toBe('ä😀'.repeat(200_000));
});

test('a file that breaks off ends the archive with its error', async () => {
  async function* broken() {
    yield 'a line\n';
    throw new Error('the database is gone');
  }
  await expect(bytesOf([{ path: 'a', content: broken() }])).rejects.toThrow('the database is gone');
});

test('a reader that goes away ends what is being read', async () => {
  let isEnded = false;
  async function* endless() {
    try {
      for (;;) yield `${Math.random()}\n`.repeat(1000);
    } finally {
      isEnded = true;
    }
  }
  const reader = zipFiles([{ path: 'a', content: endless() }]).getReader();
  await reader.read();
  await reader.cancel();
  await expect.poll(() => isEnded).toBe(true);
});
