import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { addPicture } from '#lib/studies/pictures/add-picture.ts';
import { replaceImages } from '#lib/studies/spec/replace-images.ts';
import { COMMAND_LINE } from './command-line-actor.ts';

/** Adds the pictures that a study file names by path, and names them by their hash instead. */
export async function bringPictures(
  platform: Pick<Platform, 'database' | 'blobs'>,
  project: string,
  yaml: string,
  folder: string,
): Promise<string> {
  return replaceImages(yaml, async (path) => {
    const bytes = await readFile(resolve(folder, path)).catch((cause: unknown) => {
      throw new AppError('NOT_FOUND', `The picture ${path} can't be read.`, {}, { cause });
    });
    return (await addPicture(platform, COMMAND_LINE, { project, bytes })).hash;
  });
}
