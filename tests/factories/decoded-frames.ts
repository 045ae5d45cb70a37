import { decodeFrames, newCounts } from '#lib/platform/media/ffmpeg/decode-frames.ts';
import { PictureFilter } from '#lib/platform/media/ffmpeg/filter-frames.ts';
import { openVideo } from '#lib/platform/media/ffmpeg/open-video.ts';
import { DEFAULT_MEDIA_LIMITS } from '#lib/platform/media/limits.ts';

export interface DecodedPicture {
  seconds: number;
  isKeyframe: boolean;
  /** Red, green and blue, 0 to 255, of the pixel at these shares of the width and height. */
  colorAt(x: number, y: number): [red: number, green: number, blue: number];
}

/** Decodes a video of our own making, in this process, with the colours of each frame. */
export function decodedFrames(path: string): DecodedPicture[] {
  const video = openVideo(path, DEFAULT_MEDIA_LIMITS);
  let filter: PictureFilter | null = null;
  const pictures: DecodedPicture[] = [];
  for (const { frame, seconds } of decodeFrames(video, DEFAULT_MEDIA_LIMITS, newCounts())) {
    const { width, height } = frame;
    filter ??= new PictureFilter(frame, {
      rotation: 0,
      masks: [],
      scaleTo: { width, height },
      crop: null,
      pixelFormat: 'rgb24',
    });
    const data = Buffer.from(filter.apply(frame).toBuffer());
    pictures.push({
      seconds,
      isKeyframe: frame.keyFrame === 1,
      colorAt(x, y) {
        const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
        return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      },
    });
  }
  filter?.free();
  video.close();
  return pictures;
}
