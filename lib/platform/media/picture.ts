import sharp from 'sharp';
import { AppError } from '#lib/core/errors.ts';

/** Pixels of a picture, so that a small file can't unfold into all memory. */
const MAX_PIXELS = 40_000_000;
const MAX_SIDE = 2048;
const DECODE_SECONDS = 20;
const FORMATS = new Set(['jpeg', 'png', 'webp', 'heif', 'gif', 'tiff']);

export interface PlainPicture {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes a foreign picture and writes it as WebP without metadata, upright, at most 2048 pixels a
 * side. Vector formats are refused: they can name other files.
 *
 * @throws AppError BAD_INPUT
 */
export async function toPlainPicture(bytes: Uint8Array): Promise<PlainPicture> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    const { format } = await picture.metadata();
    if (!FORMATS.has(format)) throw new Error(`the format ${format} is not taken`);
    const { data, info } = await picture
      .rotate()
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 92 })
      .timeout({ seconds: DECODE_SECONDS })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch (cause) {
    throw new AppError(
      'BAD_INPUT',
      'The file is not a picture that can be read; send PNG, JPEG, WebP, AVIF, GIF or TIFF of at most 40 megapixels.',
      { reason: 'picture' },
      { cause },
    );
  }
}
