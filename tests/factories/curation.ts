import { createVideoRun } from '#lib/curation/runs/create-run.ts';
import { getRun } from '#lib/curation/runs/get-run.ts';
import { type NewRunInput, newRunSchema } from '#lib/curation/schema.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { SYSTEM, type TestFolder } from './imports.ts';

/** Writes clips into a folder: squares that move at different speeds; every tenth file is no video. */
export function fillWithClips(folder: TestFolder, count: number): void {
  for (let index = 0; index < count; index++) {
    const name = `clip-${String(index).padStart(4, '0')}.mp4`;
    if (index % 10 === 9) folder.file(name, `no video ${index}`);
    else folder.video(name, { frames: 8 + (index % 4) });
  }
}

/** A run of this project that waits for somebody to do it. */
export async function prepareRun(
  platform: Pick<Platform, 'database' | 'environment' | 'queue'>,
  input: NewRunInput,
) {
  const whole = { ...newRunSchema.parse(input), project: 'lab' };
  const { slug } = await createVideoRun(platform, SYSTEM, whole, { run: 'here' });
  const address = { project: 'lab', run: slug };
  const { id } = await platform.database.curationRun.findFirstOrThrow({ where: { slug } });
  return { id, address, detail: () => getRun(platform, SYSTEM, address) };
}
