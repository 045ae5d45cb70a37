import sharp from 'sharp';
import type { MediaLimits } from '../limits.ts';
import { refuse } from '../refusal.ts';
import type { StillReport } from '../video.ts';
import { decodeFrames, newCounts } from './decode-frames.ts';
import { PictureFilter } from './filter-frames.ts';
import { displaySize } from './inspect-video.ts';
import { openVideo } from './open-video.ts';

const POSTER_MAX_WIDTH = 960;
const SHEET = { columns: 4, rows: 2, cellWidth: 240, gap: 2 };
const QUALITY = 82;

interface Picture {
  data: Buffer;
  width: number;
  height: number;
}

/**
 * Writes the middle frame as WebP or JPEG (by the name of `outPath`), at most 960 pixels wide.
 *
 * @param frameCount as `inspectVideo` counted it
 */
export async function makePoster(
  path: string,
  outPath: string,
  frameCount: number,
  limits: MediaLimits,
): Promise<StillReport> {
  const [picture] = pickFrames(path, [Math.floor(frameCount / 2)], POSTER_MAX_WIDTH, limits);
  if (!picture) throw noFrame();
  const { width, height } = picture;
  return save(sharp(picture.data, { raw: { width, height, channels: 3 } }), outPath);
}

/**
 * Writes eight frames, evenly spread, as one picture of four columns and two rows.
 *
 * @param frameCount as `inspectVideo` counted it
 */
export async function makeContactSheet(
  path: string,
  outPath: string,
  frameCount: number,
  limits: MediaLimits,
): Promise<StillReport> {
  const { columns, rows, cellWidth, gap } = SHEET;
  const cells = columns * rows;
  const wanted = Array.from({ length: cells }, (_, cell) =>
    Math.min(frameCount - 1, Math.floor(((cell + 0.5) * frameCount) / cells)),
  );
  const pictures = pickFrames(path, wanted, cellWidth, limits);
  const [first] = pictures;
  if (!first) throw noFrame();
  const sheet = sharp({
    create: {
      width: columns * (first.width + gap) - gap,
      height: rows * (first.height + gap) - gap,
      channels: 3,
      background: '#111',
    },
  }).composite(
    pictures.map(({ data, width, height }, cell) => ({
      input: data,
      raw: { width, height, channels: 3 as const },
      left: (cell % columns) * (width + gap),
      top: Math.floor(cell / columns) * (height + gap),
    })),
  );
  return save(sheet, outPath);
}

/** Decodes up to the last wanted frame and returns the wanted ones (ascending, repeats allowed). */
function pickFrames(
  path: string,
  wanted: readonly number[],
  maxWidth: number,
  limits: MediaLimits,
): Picture[] {
  const video = openVideo(path, limits);
  let filter: PictureFilter | null = null;
  const pictures: Picture[] = [];
  try {
    for (const { frame, index } of decodeFrames(video, limits, newCounts())) {
      if (index < (wanted[pictures.length] ?? Number.POSITIVE_INFINITY)) continue;
      filter ??= new PictureFilter(frame, {
        rotation: video.rotation,
        masks: [],
        scaleTo: fitWidth(displaySize(frame, video), maxWidth),
        crop: null,
        pixelFormat: 'rgb24',
      });
      const { width, height, ...filtered } = rgbOf(filter, frame);
      while (wanted[pictures.length] === index) pictures.push({ ...filtered, width, height });
      if (pictures.length === wanted.length) break;
    }
    return pictures;
  } finally {
    filter?.free();
    video.close();
  }
}

function rgbOf(filter: PictureFilter, frame: Parameters<PictureFilter['apply']>[0]): Picture {
  const picture = filter.apply(frame);
  return { data: Buffer.from(picture.toBuffer()), width: picture.width, height: picture.height };
}

function fitWidth(size: { width: number; height: number }, maxWidth: number) {
  const width = Math.min(size.width, maxWidth);
  return { width, height: Math.max(1, Math.round((size.height * width) / size.width)) };
}

async function save(image: ReturnType<typeof sharp>, outPath: string): Promise<StillReport> {
  const coded = /\.jpe?g$/i.test(outPath)
    ? image.jpeg({ quality: QUALITY })
    : image.webp({ quality: QUALITY });
  const { width, height, size } = await coded.toFile(outPath);
  return { width, height, bytes: size };
}

function noFrame() {
  return refuse('NO_FRAMES', 'No frame of the video could be decoded; send the file again.');
}
