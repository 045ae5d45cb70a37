import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import { residentBytes } from '#lib/platform/child-process/child-worker.ts';
import { makeTestVideo } from '#tests/factories/videos.ts';
import type { MediaLimits } from './limits.ts';
import { createMedia, type Media } from './media.ts';
import type { RenditionProfile } from './video.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-hostile-'));
const at = (name: string) => join(folder, name);
const media = createMedia({ limits: { taskSeconds: 20 } });
const PROFILE: RenditionProfile = {
  width: 1280,
  height: 720,
  fps: 24,
  durationSeconds: null,
  codec: 'h264',
  crf: 10,
};

/** Counts who connects; nobody may. */
let connections = 0;
const listener: Server = createServer((socket) => {
  connections++;
  socket.destroy();
});
/** A pipe that blocks whoever opens it for reading: a file outside that nobody may read. */
const secret = at('secret.ts');

beforeAll(async () => {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  execFileSync('mkfifo', [secret]);
  makeTestVideo(at('good.mp4'), { isIndexFirst: true });
  makeTestVideo(at('index-last.mp4'));
  makeTestVideo(at('good.webm'), { codec: 'vp9' });
  makeTestVideo(at('good.avi'), { codec: 'mpeg4' });
});

afterAll(() => {
  media.close();
  listener.close();
  rmSync(folder, { recursive: true });
});

async function refusal(name: string, with_: Media = media): Promise<[unknown, string]> {
  const error = await with_.inspectVideo(at(name)).then(
    (info) => expect.fail(`${name} was taken: ${JSON.stringify(info)}`),
    (reason) => reason,
  );
  expect(error.code, error.message).toBe('BAD_INPUT');
  expect(error.message).toMatch(/^[A-Z0-9].*\.$/);
  return [error.data.reason, error.message];
}

/** A copy of a good video with some of its bytes changed. */
function patch(from: string, to: string, change: (bytes: Buffer) => Buffer | undefined): void {
  const bytes = readFileSync(at(from));
  writeFileSync(at(to), change(bytes) ?? bytes);
}

describe('U7: nothing but the file itself is read', () => {
  const outside = () => {
    const { port } = listener.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/video.ts`, file: `file://${secret}` };
  };

  test.each([
    [
      'hls.mp4',
      () =>
        `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${outside().url}\n#EXTINF:9,\n${outside().file}\n#EXT-X-ENDLIST\n`,
    ],
    ['hls-key.mp4', () => `\n\n#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${outside().url}"\n`],
    ['concat.mp4', () => `ffconcat version 1.0\nfile '${secret}'\nfile '${outside().url}'\n`],
    ['concat-line.mp4', () => `concat:${secret}|${outside().url}`],
    ['list.mp4', () => `file '${secret}'\n`],
  ])('%s is refused as a playlist', async (name, text) => {
    writeFileSync(at(name), text());
    expect(await refusal(name)).toEqual([
      'PLAYLIST',
      'The file is a playlist that names other files. Send MP4, MOV, WebM, MKV, AVI, GIF, OGV or MPEG.',
    ]);
  });

  test.each([
    ['dash.mp4', () => `<?xml version="1.0"?><MPD><BaseURL>${outside().url}</BaseURL></MPD>`],
    ['session.mp4', () => 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n'],
    ['words.mp4', () => 'This is not a video.'],
  ])('%s is refused as text', async (name, text) => {
    writeFileSync(at(name), text());
    expect((await refusal(name))[0]).toBe('TEXT');
  });

  test('a playlist after a video header is not followed', async () => {
    const { url, file } = outside();
    const header = Buffer.from('\0\0\0\x10ftypisom\0\0\0\0', 'latin1');
    writeFileSync(
      at('mixed.mp4'),
      Buffer.concat([header, Buffer.from(`#EXTM3U\n${url}\n${file}`)]),
    );
    expect((await refusal('mixed.mp4'))[0]).toBe('TRUNCATED');
  });

  test('a track whose data lie in another file is not followed', async () => {
    // The data reference says "elsewhere, at this path" instead of "in this file".
    patch('good.mp4', 'reference.mp4', (bytes) => {
      const reference = bytes.indexOf('url ', bytes.indexOf('dref'));
      bytes.write('alis', reference, 'latin1');
      bytes.writeUInt32BE(0, reference + 4);
      return bytes;
    });
    await media.inspectVideo(at('reference.mp4')).catch(() => undefined);
  });

  test('a name that looks like a protocol is only a name', async () => {
    const { url } = outside();
    for (const name of [url, `concat:${at('good.mp4')}|${at('good.mp4')}`, `subfile:${secret}`]) {
      await expect(media.inspectVideo(name)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  test('pipes, devices and folders are not opened as videos', async () => {
    symlinkSync('/dev/zero', at('zero.mp4'));
    symlinkSync(folder, at('folder.mp4'));
    for (const name of ['secret.ts', 'zero.mp4', 'folder.mp4']) {
      expect((await refusal(name))[0]).toBe('NOT_A_FILE');
    }
  });

  test('afterwards: no connection was made', () => {
    expect(connections).toBe(0);
  });
});

describe('U7: sizes and lengths', () => {
  test('100,000 x 100,000', async () => {
    patch('good.avi', 'huge.avi', (bytes) => {
      const header = bytes.indexOf('strf') + 8;
      bytes.writeInt32LE(100_000, header + 4);
      bytes.writeInt32LE(100_000, header + 8);
      return bytes;
    });
    const [reason, message] = await refusal('huge.avi');
    expect(reason).toBe('TOO_WIDE');
    expect(message).toContain('The picture is 100000 x 100000');
    patch('good.mp4', 'huge.mp4', (bytes) => {
      const entry = bytes.indexOf('avc1', bytes.indexOf('stsd'));
      bytes.writeUInt32BE(0xffffffff, entry + 28);
      return bytes;
    });
    expect((await refusal('huge.mp4'))[0]).toBe('TOO_WIDE');
  });

  test.each(['black.mp4', 'black.webm'])('ten hours of black in three frames: %s', async (name) => {
    makeTestVideo(at(name), {
      frames: 3,
      codec: name.endsWith('webm') ? 'vp9' : 'h264',
      secondsOf: (index) => index * 18_000,
    });
    const [reason, message] = await refusal(name);
    expect(reason).toBe('TOO_LONG');
    expect(message).toMatch(/lasts 360\d\d s; at most 600 s are taken/);
  });

  test('more frames, bytes or seconds than allowed', async () => {
    const cases: [Partial<MediaLimits>, string][] = [
      [{ maxFrames: 47 }, 'TOO_MANY_FRAMES'],
      [{ maxDurationSeconds: 1.9 }, 'TOO_LONG'],
      [{ maxBytes: 100 }, 'TOO_BIG'],
      [{ maxSidePixels: 191 }, 'TOO_WIDE'],
      [{ maxPicturePixels: 192 * 128 - 1 }, 'TOO_WIDE'],
    ];
    for (const [limits, reason] of cases) {
      const strict = createMedia({ limits });
      for (const name of ['good.mp4', 'good.webm', 'good.avi']) {
        expect((await refusal(name, strict))[0]).toBe(reason);
      }
      strict.close();
    }
  });
});

describe('U7: broken files', () => {
  test('an MP4 that is cut off says after how many frames', async () => {
    patch('good.mp4', 'cut.mp4', (bytes) => {
      const data = bytes.indexOf('mdat');
      return bytes.subarray(0, data + Math.floor((bytes.length - data) * 0.5));
    });
    const [reason, message] = await refusal('cut.mp4');
    expect(reason).toBe('TRUNCATED');
    expect(message).toMatch(/^The file ends after \d+ of 48 frames; send the whole file\.$/);
  });

  test('an MP4 without its index', async () => {
    patch('index-last.mp4', 'no-index.mp4', (bytes) =>
      bytes.subarray(0, bytes.indexOf('moov') - 4),
    );
    expect((await refusal('no-index.mp4'))[0]).toBe('TRUNCATED');
  });

  test.each(['good.webm', 'good.avi'])('%s, cut off', async (name) => {
    patch(name, `cut-${name}`, (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    const [reason, message] = await refusal(`cut-${name}`);
    expect(reason).toBe('TRUNCATED');
    expect(message).toMatch(/^The file ends after [\d.]+ s of [\d.]+ s; send the whole file\.$/);
  });

  test('empty files, pictures and stills', async () => {
    writeFileSync(at('empty.mp4'), '');
    const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#f00' } });
    await picture.png().toFile(at('png.png'));
    await picture.gif().toFile(at('gif.gif'));
    symlinkSync(at('png.png'), at('png.mp4'));
    makeTestVideo(at('still.mp4'), { frames: 1 });
    expect((await refusal('empty.mp4'))[0]).toBe('EMPTY');
    expect((await refusal('png.mp4'))[0]).toBe('PICTURE');
    expect((await refusal('gif.gif'))[0]).toBe('PICTURE');
    expect((await refusal('still.mp4'))[0]).toBe('PICTURE');
  });

  test('a file of zeros behind a good header', async () => {
    patch('good.mp4', 'zeros.mp4', (bytes) => bytes.fill(0, bytes.indexOf('mdat') + 4));
    expect(['NO_FRAMES', 'TRUNCATED', 'BROKEN']).toContain((await refusal('zeros.mp4'))[0]);
  });

  test('changed bytes are taken or refused, but end no process', async () => {
    const before = media.processIds();
    const random = seededRandom(7);
    for (let round = 0; round < 120; round++) {
      const from = ['good.mp4', 'good.webm', 'good.avi'][round % 3] ?? 'good.mp4';
      patch(from, 'changed', (bytes) => {
        for (let i = 0; i < 1 + random.integer(20); i++) {
          bytes[random.integer(bytes.length)] = random.integer(256);
        }
        return bytes;
      });
      const outcome = await media.inspectVideo(at('changed')).then(
        () => 'taken',
        (error) => error.code,
      );
      expect(['taken', 'BAD_INPUT']).toContain(outcome);
    }
    expect(media.processIds()).toEqual(before);
  });
});

describe('the process that decodes', () => {
  /** Long work: 40 s of video to be coded in full size. */
  const longWork = (worker: Media, signal?: AbortSignal) =>
    worker.renderRendition(
      at('long.mp4'),
      at('long-out.mp4'),
      PROFILE,
      {},
      signal ? { signal } : {},
    );

  beforeAll(() => makeTestVideo(at('long.mp4'), { frames: 960 }));

  test('is killed when a task takes too long or too much memory', async () => {
    for (const [limits, reason] of [
      [{ taskSeconds: 0.5 }, 'TOO_SLOW'],
      [{ memoryMebibytes: 48 }, 'TOO_MUCH_MEMORY'],
    ] as const) {
      const strict = createMedia({ limits });
      await expect(longWork(strict)).rejects.toMatchObject({ data: { reason } });
      expect(strict.processIds()).toEqual([]);
      expect(readdirSync(folder)).not.toContain('long-out.mp4');
      strict.close();
    }
  });

  test('is replaced after a crash, and the next file is served', async () => {
    const worker = createMedia();
    await worker.inspectVideo(at('good.mp4'));
    const [pid = 0] = worker.processIds();
    const work = longWork(worker);
    process.kill(pid, 'SIGSEGV');
    await expect(work).rejects.toMatchObject({ data: { reason: 'CRASHED' } });
    expect(await worker.inspectVideo(at('good.mp4'))).toMatchObject({ frameCount: 48 });
    expect(worker.processIds()).not.toContain(pid);
    worker.close();
  });

  test('ends when the caller gives up or the door is closed', async () => {
    const worker = createMedia();
    await worker.inspectVideo(at('good.mp4'));
    const controller = new AbortController();
    const work = longWork(worker, controller.signal);
    await setImmediate();
    controller.abort(new Error('no longer wanted'));
    await expect(work).rejects.toThrow('no longer wanted');
    await worker.inspectVideo(at('good.mp4'));
    const other = longWork(worker);
    await setImmediate();
    worker.close();
    await expect(other).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(worker.processIds()).toEqual([]);
    await expect(longWork(worker)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('is one for many files, serves them in turn and does not grow', async () => {
    const worker = createMedia();
    const serve = (count: number) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const { frameCount } = await worker.inspectVideo(at('good.mp4'));
          await worker.makePoster(at('good.mp4'), at('poster.webp'), frameCount);
        }),
      );
    await serve(20);
    const [pid] = worker.processIds();
    const before = residentBytes(pid);
    await serve(100);
    expect(worker.processIds()).toEqual([pid]);
    expect(residentBytes(pid) - before).toBeLessThan(32 * 1024 ** 2);
    worker.close();
  });

  test('sees nothing of our environment', async () => {
    vi.stubEnv('DATABASE_URL', 'postgresql://planted');
    const worker = createMedia();
    await worker.inspectVideo(at('good.mp4'));
    const environment = readFileSync(`/proc/${worker.processIds()[0]}/environ`, 'utf8');
    expect(environment).toContain('NODE_CHANNEL_FD');
    expect(environment).not.toMatch(/planted|PATH=|HOME=/);
    vi.unstubAllEnvs();
    worker.close();
  });
});

test('a full disk is STORAGE_FULL', async () => {
  symlinkSync('/dev/full', at('full.webp'));
  await expect(media.makePoster(at('good.mp4'), at('full.webp'), 48)).rejects.toMatchObject({
    code: 'STORAGE_FULL',
  });
});
