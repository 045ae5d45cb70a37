import { AV_LOG_ERROR, AV_PIX_FMT_YUV420P } from 'node-av/constants';
import { Frame, Log } from 'node-av/lib';
import { VideoWriter } from '../../../lib/platform/media/ffmpeg/encode-video.ts';
import type { Picture } from './draw-clip.ts';
import { SIDE } from './scene.ts';

/** x264's constant rate factor: near to lossless, so that the encoder adds no fault of its own. */
const CRF = 12;
Log.setLevel(AV_LOG_ERROR);

/** Writes pictures as an mp4 and returns their number. Equal pictures give equal bytes. */
export function writeVideo(path: string, pictures: Iterable<Picture>, fps: number): number {
  const size = { width: SIDE, height: SIDE };
  const writer = new VideoWriter(path, {
    ...size,
    fps,
    durationSeconds: null,
    codec: 'h264',
    crf: CRF,
  });
  try {
    for (const picture of pictures) {
      const frame = Frame.fromVideoBuffer(toYuv420(picture), {
        ...size,
        format: AV_PIX_FMT_YUV420P,
        timeBase: { num: 1, den: fps },
      });
      writer.write(frame);
      frame.free();
    }
    return writer.finish();
  } finally {
    writer.close();
  }
}

/** BT.709, limited range; the colour of 2 x 2 pixels is their mean. */
function toYuv420(picture: Picture): Buffer {
  const half = SIDE / 2;
  const out = Buffer.alloc(SIDE * SIDE + 2 * half * half);
  const mean = new Float32Array(half * half * 3);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const at = row * SIDE + column;
      const cell = ((row >> 1) * half + (column >> 1)) * 3;
      for (let channel = 0; channel < 3; channel++) {
        mean[cell + channel] = (mean[cell + channel] ?? 0) + (picture[at * 3 + channel] ?? 0) / 4;
      }
      out[at] = Math.round(16 + (219 / 255) * luma(picture, at * 3));
    }
  }
  for (let cell = 0; cell < half * half; cell++) {
    const light = luma(mean, cell * 3);
    const blue = ((mean[cell * 3 + 2] ?? 0) - light) / 1.8556;
    const red = ((mean[cell * 3] ?? 0) - light) / 1.5748;
    out[SIDE * SIDE + cell] = Math.round(128 + (224 / 255) * blue);
    out[SIDE * SIDE + half * half + cell] = Math.round(128 + (224 / 255) * red);
  }
  return out;
}

function luma(pixels: Float32Array, at: number): number {
  return (
    0.2126 * (pixels[at] ?? 0) + 0.7152 * (pixels[at + 1] ?? 0) + 0.0722 * (pixels[at + 2] ?? 0)
  );
}
