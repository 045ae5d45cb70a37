import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { residentBytes } from '#lib/platform/child-process/child-worker.ts';
import { makeTestVideo } from '#tests/factories/videos.ts';
import { createMedia, type Media } from './media.ts';
import type { MediaProgress } from './task.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-raw-'));
const at = (name: string) => join(folder, name);
const media = createMedia({ rawLimits: { taskSeconds: 60 } });
const EVERY_FRAME = { rates: [null], edges: null };

/** Counts who connects; nobody may. */
let connections = 0;
const listener = createServer((socket) => {
  connections++;
  socket.destroy();
});

beforeAll(async () => {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  // A pipe that blocks whoever opens it for reading: a file outside that nobody may read.
  execFileSync('mkfifo', [at('secret.ts')]);
  makeTestVideo(at('good.mp4'), { isIndexFirst: true });
  makeTestVideo(at('good.avi'), { codec: 'mpeg4' });
});

afterAll(() => {
  media.close();
  listener.close();
  rmSync(folder, { recursive: true });
});

/** Why measuring and cutting refuse a file: the same for both, and neither leaves a file behind. */
async function refusals(name: string, with_: Media = media): Promise<unknown[]> {
  const out = mkdtempSync(at('out-'));
  const reasonOf = (call: Promise<unknown>) =>
    call.then(
      () => expect.fail(`${name} was taken`),
      (error) => {
        expect(error.code, error.message).toBe('BAD_INPUT');
        return error.data.reason;
      },
    );
  const clips = [{ start: 0, end: 2, how: 'copy' as const }];
  const options = { frameCount: 48, mayEncode: true, minFrames: 1, crf: 30 };
  const reasons = [
    await reasonOf(with_.measureContent(at(name), join(out, 'numbers'), EVERY_FRAME)),
    await reasonOf(with_.cutClips(at(name), out, clips, options)),
  ];
  expect(readdirSync(out).filter((file) => file === 'numbers')).toEqual([]);
  return [...new Set(reasons)];
}

function patch(from: string, to: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(at(from));
  change(bytes);
  writeFileSync(at(to), bytes);
}

describe('U7 for long source videos', () => {
  test('playlists in disguise, concat and other names are refused, nothing outside is read', async () => {
    const { port } = listener.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/video.ts`;
    const secret = at('secret.ts');
    const texts = [
      `#EXTM3U\n#EXTINF:9,\n${url}\n#EXTINF:9,\nfile://${secret}\n#EXT-X-ENDLIST\n`,
      `ffconcat version 1.0\nfile '${secret}'\nfile '${url}'\n`,
      `concat:${secret}|${url}`,
    ];
    for (const text of texts) {
      writeFileSync(at('list.mp4'), text);
      expect(await refusals('list.mp4')).toEqual(['PLAYLIST']);
    }
    expect(await refusals('secret.ts')).toEqual(['NOT_A_FILE']);
    for (const name of [url, `concat:${at('good.mp4')}|${at('good.mp4')}`]) {
      const measured = media.measureContent(name, at('numbers'), EVERY_FRAME);
      await expect(measured).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(connections).toBe(0);
  });

  test('100,000 x 100,000', async () => {
    patch('good.avi', 'huge.avi', (bytes) => {
      const header = bytes.indexOf('strf') + 8;
      bytes.writeInt32LE(100_000, header + 4);
      bytes.writeInt32LE(100_000, header + 8);
    });
    expect(await refusals('huge.avi')).toEqual(['TOO_WIDE']);
  });

  test('ten hours of black', async () => {
    makeTestVideo(at('black.mp4'), { frames: 3, secondsOf: (index) => index * 18_000 });
    expect(await refusals('black.mp4')).toEqual(['TOO_LONG']);
  });

  test('a file that is cut off or broken', async () => {
    const bytes = readFileSync(at('good.mp4'));
    writeFileSync(at('cut.mp4'), bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    const measured = media.measureContent(at('cut.mp4'), at('numbers'), EVERY_FRAME);
    await expect(measured).rejects.toMatchObject({ data: { reason: 'TRUNCATED' } });
    expect(existsSync(at('numbers'))).toBe(false);
  });

  test('a task that says nothing for too long is ended', async () => {
    const hasty = createMedia({ rawLimits: { silentSeconds: 0.001 } });
    expect(await refusals('good.mp4', hasty)).toEqual(['TOO_SLOW']);
    hasty.close();
  });
});

test('a long video is measured in memory that does not grow, and says how far it is', async () => {
  makeTestVideo(at('long.mp4'), { frames: 6000, width: 64, height: 48 });
  const heard: MediaProgress[] = [];
  const resident: number[] = [];
  const measured = await media.measureContent(at('long.mp4'), at('numbers'), EVERY_FRAME, {
    onProgress(progress) {
      heard.push(progress);
      resident.push(Math.max(...media.processIds().map(residentBytes)));
    },
  });
  expect(measured).toMatchObject({ frameCount: 6000, width: 64, height: 48, strides: [1] });
  expect(readFileSync(at('numbers')).length).toBe(6000 * 7 * 8);
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.every(({ totalSeconds }) => totalSeconds === 250)).toBe(true);
  expect(heard.map(({ frames }) => frames)).toEqual(
    heard.map(({ frames }) => frames).toSorted((a, b) => a - b),
  );
  expect(Math.max(...resident) - Math.min(...resident)).toBeLessThan(100 * 1024 ** 2);
});

test('measuring stops at once when it is called off', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  const measured = media.measureContent(at('good.mp4'), at('numbers'), EVERY_FRAME, {
    signal: stop.signal,
  });
  stop.abort(reason);
  await expect(measured).rejects.toBe(reason);
  expect(existsSync(at('numbers'))).toBe(false);
});
