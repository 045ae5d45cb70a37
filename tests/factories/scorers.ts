import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll } from 'vitest';
import type { ColumnValue, Scorer, ScorerPlatform } from '#lib/curation/scorers/scorer.ts';
import { parseEnvironment } from '#lib/platform/env.ts';
import { createLlm } from '#lib/platform/llm/llm.ts';
import { createMedia } from '#lib/platform/media/media.ts';
import { createModels } from '#lib/platform/models/models.ts';

/** What scorers may use, with a folder for models and clips that goes when the file is done. */
export function openScorerPlatform(): { platform: ScorerPlatform; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-scorers-'));
  const environment = parseEnvironment({ WINNOW_DATA_DIR: join(folder, 'data') });
  const media = createMedia();
  const models = createModels({ ...environment.models, roots: [folder], threads: 1 });
  afterAll(() => {
    media.close();
    models.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const log = pino({ level: 'silent' });
  return { platform: { media, models, llm: createLlm(environment), environment, log }, folder };
}

/** Opens a scorer, asks it about one clip and closes it. */
export async function scoreClip<Settings>(
  platform: ScorerPlatform,
  scorer: Scorer<Settings>,
  settings: object,
  path: string,
  values: Record<string, ColumnValue> = {},
): Promise<Record<string, ColumnValue>> {
  const open = await scorer.open(platform, scorer.settings.parse(settings));
  try {
    const clip = { uid: 'a'.repeat(32), path, values };
    return await open.score(clip, new AbortController().signal);
  } finally {
    await open.close();
  }
}
