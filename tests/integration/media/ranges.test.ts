import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import { raterMedia } from '#lib/http/media/serve-rater-media.ts';
import { type MediaGrant, sealMediaToken } from '#lib/studies/rating/media-token.ts';
import { makeClock } from '#tests/factories/clock.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const clock = makeClock();
const platform = await openTestPlatform({ clock });
const random = seededRandom('media');
const content = Buffer.from(Uint8Array.from({ length: 50_000 }, () => random.integer(256)));
const { hash } = await platform.blobs.putStream(Readable.from([content]));
const WIRE_BYTES = 64 * 1024;
const header = Buffer.alloc(8);
header.writeUInt32BE(WIRE_BYTES - content.length, 0);
header.write('free', 4);
const whole = Buffer.concat([content, header, Buffer.alloc(WIRE_BYTES - content.length - 8)]);
const grant: MediaGrant = {
  variant: 'mp4',
  hash,
  bytes: content.length,
  wireBytes: WIRE_BYTES,
  expiresAt: new Date(clock.now().getTime() + 600_000),
};
const token = sealMediaToken(platform.secret, 'assignment 1 left', grant);

const ask = (headers: Record<string, string> = {}, method = 'GET', wanted = token) =>
  raterMedia(platform, new Request(`http://x/api/media/${wanted}`, { headers, method }), wanted);
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const { headers: plain } = await ask({}, 'HEAD');
const etag = plain.get('etag') ?? '';

test('M1: all of it', async () => {
  const response = await ask();
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toEqual({
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=600, immutable',
    'content-length': String(WIRE_BYTES),
    'content-type': 'video/mp4',
    etag: expect.stringMatching(/^"[\w-]{22}"$/),
    'x-content-type-options': 'nosniff',
  });
  expect(whole.equals(await bytesOf(response))).toBe(true);
});

test.each([
  ['first', 'bytes=0-99', 0, 99],
  ['middle', 'bytes=20000-30000', 20_000, 30_000],
  ['one byte', 'bytes=7-7', 7, 7],
  ['suffix', 'bytes=-100', WIRE_BYTES - 100, WIRE_BYTES - 1],
  ['open', 'bytes=60000-', 60_000, WIRE_BYTES - 1],
  ['past the end', 'bytes=65000-99999', 65_000, WIRE_BYTES - 1],
  ['over the padding', 'bytes=49990-50010', 49_990, 50_010],
  ['in the padding', 'bytes=50004-50020', 50_004, 50_020],
])('M1: %s', async (_, range, start, end) => {
  const response = await ask({ range });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${WIRE_BYTES}`);
  expect(response.headers.get('content-length')).toBe(String(end - start + 1));
  expect(response.headers.get('etag')).toBe(etag);
  expect(whole.subarray(start, end + 1).equals(await bytesOf(response))).toBe(true);
});

test.each([[`bytes=${WIRE_BYTES}-`], ['bytes=-0'], ['bytes=99999-100000']])(
  'M1: %s can not be satisfied',
  async (range) => {
    const response = await ask({ range });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${WIRE_BYTES}`);
    expect(await bytesOf(response)).toHaveLength(0);
  },
);

test.each([['bytes=0-1,4-5'], ['bytes=9-1'], ['items=0-1'], ['bytes=x']])(
  'M1: %s is passed over, which gives all of it',
  async (range) => {
    const response = await ask({ range });
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).length).toBe(WIRE_BYTES);
  },
);

test('M1: If-Range resumes this representation and no other', async () => {
  const resumed = await ask({ range: 'bytes=10-19', 'if-range': etag });
  expect(resumed.status).toBe(206);
  for (const other of ['"other"', `W/${etag}`, 'Sun, 01 Mar 2026 09:00:00 GMT'])
    expect((await ask({ range: 'bytes=10-19', 'if-range': other })).status).toBe(200);
});

test('M1: HEAD says what GET would, without the bytes; a range does not change it', async () => {
  const get = await ask();
  for (const headers of [{}, { range: 'bytes=0-9' }]) {
    const head = await ask(headers as Record<string, string>, 'HEAD');
    expect(head.status).toBe(200);
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers));
    expect(await bytesOf(head)).toHaveLength(0);
  }
  await get.body?.cancel();
});

test('M1: a browser that has it is told so', async () => {
  const response = await ask({ 'if-none-match': etag });
  expect(response.status).toBe(304);
  expect(response.headers.get('etag')).toBe(etag);
});

test('M1: random ranges are the slices', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(WIRE_BYTES - 1), fc.nat(WIRE_BYTES), async (start, length) => {
      const response = await ask({ range: `bytes=${start}-${start + length}` });
      const slice = whole.subarray(start, start + length + 1);
      expect(response.status).toBe(206);
      expect(slice.equals(await bytesOf(response))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('B4: one clip lent to two raters shares neither address nor tag; a late request is refused', async () => {
  const other = sealMediaToken(platform.secret, 'assignment 2 left', grant);
  expect(other).not.toBe(token);
  const response = await ask({}, 'HEAD', other);
  expect(response.headers.get('etag')).not.toBe(etag);
  expect(etag).not.toContain(hash.slice(0, 8));
  const hashed = createHash('sha256').update(hash).digest('base64url').slice(0, 22);
  expect(etag).not.toContain(hashed);
  clock.pass(600);
  for (const late of [token, other])
    await expect(ask({}, 'GET', late)).rejects.toMatchObject({ code: 'GONE' });
  await expect(ask({}, 'GET', `${token.slice(0, -1)}!`)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
