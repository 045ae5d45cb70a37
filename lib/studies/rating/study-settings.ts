import type { PrismaClient } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type StudySpec, studySpecSchema } from '../schema.ts';

/** What rating needs of a study's spec, ready to use. */
export interface StudySettings {
  readonly spec: StudySpec;
  /** Positions of all questions. */
  readonly questions: readonly number[];
  /** By prompt key. */
  readonly promptExtras: ReadonlyMap<string, PromptExtras>;
}

export interface PromptExtras {
  readonly motion: string | null;
  /** SHA-256 of the conditioning images. */
  readonly images: readonly string[];
}

const MAX_KEPT = 50;
const caches = new WeakMap<PrismaClient, Map<string, Promise<StudySettings>>>();

/**
 * The settings of a study, parsed once a process for each state of its row: a spec may hold
 * thousands of prompts, and every draw and vote asks.
 *
 * @param version the row's `xmin`, which every change of the row replaces; read with the study.
 */
export function studySettings(
  { database }: Pick<Platform, 'database'>,
  studyId: number,
  version: string,
): Promise<StudySettings> {
  const kept = caches.get(database) ?? new Map<string, Promise<StudySettings>>();
  caches.set(database, kept);
  const key = `${studyId} ${version}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const loading = loadSettings(database, studyId);
  kept.set(key, loading);
  // A failure must not stay: the next call tries again.
  loading.catch(() => kept.delete(key));
  const oldest = kept.keys().next().value;
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  return loading;
}

async function loadSettings(database: PrismaClient, studyId: number): Promise<StudySettings> {
  const row = await database.study.findUniqueOrThrow({
    where: { id: studyId },
    select: { spec: true },
  });
  const spec = studySpecSchema.parse(row.spec);
  return {
    spec,
    questions: spec.questions.map((_, position) => position),
    promptExtras: new Map(
      spec.prompts.map((prompt) => [
        prompt.key,
        { motion: prompt.motion ?? null, images: prompt.images },
      ]),
    ),
  };
}
