import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { SNIFF_BYTES, sniffContainer } from './sniff-container.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['\0\0\0\x20ftypisom', 'mov'],
  ['\0\0\0\x08wide\0\0\0\0mdat', 'mov'],
  ['\x1a\x45\xdf\xa3\x9f', 'matroska'],
  ['RIFF\0\0\0\0AVI LIST', 'avi'],
  ['GIF89a', 'gif'],
  ['OggS\0\x02', 'ogg'],
  ['\0\0\x01\xba\x44', 'mpeg'],
  ['\0\0\x01\xb3\x18', 'mpegvideo'],
  [`G${'\0'.repeat(187)}G${'\0'.repeat(187)}G`, 'mpegts'],
])('%j is known as %s', (head, container) => {
  expect(sniffContainer(latin(head))).toBe(container);
});

test.each([
  ['', 'EMPTY'],
  ['#EXTM3U\n#EXT-X-VERSION:3\n', 'PLAYLIST'],
  ['\xef\xbb\xbf\r\n#EXTM3U\n', 'PLAYLIST'],
  ["ffconcat version 1.0\nfile '/etc/passwd'\n", 'PLAYLIST'],
  ["file '/etc/passwd'\n", 'PLAYLIST'],
  ['concat:/etc/hostname|/etc/passwd', 'PLAYLIST'],
  ['http://127.0.0.1/x.mp4', 'PLAYLIST'],
  ['<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">', 'PLAYLIST'],
  ['<?xml version="1.0"?>\n<MPD>', 'TEXT'],
  ['v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n', 'TEXT'],
  ['just some words', 'TEXT'],
  ['\x89PNG\r\n\x1a\n', 'PICTURE'],
  ['\xff\xd8\xff\xe0', 'PICTURE'],
  ['RIFF\0\0\0\0WEBPVP8 ', 'PICTURE'],
  ['\0\0\0\x1cftypavif', 'PICTURE'],
  ['RIFF\0\0\0\0WAVEfmt ', 'AUDIO'],
  ['ID3\x04', 'AUDIO'],
  ['MZ\x90\0\x03', 'UNKNOWN_FORMAT'],
  ['PK\x03\x04', 'UNKNOWN_FORMAT'],
])('%j is refused as %s', (head, reason) => {
  const sniff = () => sniffContainer(latin(head));
  expect(sniff).toThrow(AppError);
  expect(sniff).toThrow(expect.objectContaining({ data: { reason } }));
});

test('any bytes give a container or a reason, never another error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: SNIFF_BYTES }), (head) => {
      try {
        return typeof sniffContainer(head) === 'string';
      } catch (error) {
        return error instanceof AppError && error.code === 'BAD_INPUT';
      }
    }),
  );
});
