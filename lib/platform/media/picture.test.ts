import sharp from 'sharp';
import { expect, test } from 'vitest';
import { toPlainPicture } from './picture.ts';

const red = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } });

test('a picture becomes plain WebP: upright, without metadata, not too large', async () => {
  const tagged = await red(3000, 1000)
    .withExif({ IFD0: { Artist: 'arm-seven', Orientation: '6' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const plain = await toPlainPicture(tagged);
  expect([plain.width, plain.height]).toEqual([683, 2048]);
  const metadata = await sharp(plain.bytes).metadata();
  expect(metadata).toMatchObject({ format: 'webp' });
  expect(metadata.exif).toBeUndefined();
  expect(plain.bytes.includes('arm-seven')).toBe(false);
});

test.each([
  ['text', Buffer.from('not a picture')],
  ['an empty file', Buffer.alloc(0)],
  [
    'SVG, which could name other files',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'),
  ],
])('%s is refused', async (_, bytes) => {
  await expect(toPlainPicture(bytes)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { reason: 'picture' },
  });
});

test('a cut-off picture and one of too many pixels are refused', async () => {
  const png = await red(64, 64).png().toBuffer();
  await expect(toPlainPicture(png.subarray(0, 60))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const bomb = await red(8000, 8000).png({ compressionLevel: 9 }).toBuffer();
  expect(bomb.length).toBeLessThan(1_000_000);
  await expect(toPlainPicture(bomb)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});
