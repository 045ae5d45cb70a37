import { createHash } from 'node:crypto';
import type { Platform } from '#lib/platform/platform.ts';

export interface ImportedVideosInput {
  readonly projectId: number;
  readonly slug: string;
  readonly models: readonly string[];
  readonly prompts: readonly string[];
  /** Videos of each model and prompt. */
  readonly takes?: number;
  readonly promptText?: (prompt: string) => string | null;
  /** SHA-256 of each original; made up when left out. */
  readonly hashOf?: (model: string, prompt: string, seed: number) => string;
  readonly fps?: (model: string) => number;
  readonly durationSeconds?: number;
}

/** Writes a finished import as if its videos had been decoded. */
export async function createImportedVideos(
  platform: Pick<Platform, 'database'>,
  input: ImportedVideosInput,
): Promise<number> {
  const { projectId, slug, models, prompts, takes = 1, durationSeconds = 1 } = input;
  const hashOf = input.hashOf ?? ((...parts) => sha256(JSON.stringify([slug, ...parts])));
  const source = await platform.database.videoImport.create({
    data: { projectId, slug, name: slug, kind: 'video', state: 'done', source: {} },
  });
  const seeds = Array.from({ length: takes }, (_, seed) => seed);
  await platform.database.video.createMany({
    data: models.flatMap((model) =>
      prompts.flatMap((prompt) =>
        seeds.map((seed) => ({
          importId: source.id,
          path: `${model}/${prompt}-${seed}.mp4`,
          model,
          prompt,
          promptText: input.promptText ? input.promptText(prompt) : `Text of ${prompt}`,
          seed,
          state: 'accepted' as const,
          hash: hashOf(model, prompt, seed),
          width: 128,
          height: 64,
          fps: input.fps?.(model) ?? 8,
          durationSeconds,
          frameCount: 8,
        })),
      ),
    ),
  });
  return source.id;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Marks every rendition of a study as made, without a file behind it. */
export async function pretendRendered(
  platform: Pick<Platform, 'database'>,
  studyId: number,
): Promise<void> {
  await platform.database.$executeRaw`
    UPDATE rendition SET state = 'ready', hash = source_hash, bytes = 1000, wire_bytes = 4096,
      poster_hash = source_hash, sheet_hash = source_hash WHERE study_id = ${studyId}`;
}
