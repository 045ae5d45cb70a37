import type { Transaction } from '#lib/platform/database/client.ts';
import type { VideoFacts } from '../checklist/differences.ts';
import type { ArmSpec, StudySpec } from '../schema.ts';

/** One original to be shown for one arm and prompt. */
export interface Source {
  readonly arm: number;
  readonly prompt: number;
  readonly take: number;
  readonly hash: string;
  /** The caption, in a caption study. */
  readonly text: string | null;
  readonly facts: VideoFacts;
}

export interface Sources {
  readonly found: readonly Source[];
  /** Originals that the import refused, with the reason. */
  readonly refused: readonly {
    readonly arm: number;
    readonly prompt: number;
    readonly reason: string;
  }[];
  /** The imports that the study names, as far as they exist. */
  readonly imports: readonly {
    readonly slug: string;
    readonly kind: 'video' | 'caption';
    readonly state: string;
  }[];
  /** The shortest original, which sets the length of all; null when there is none. */
  readonly shortestSeconds: number | null;
}

/** Takes beyond the second are never shown: `same` compares two. */
const MAX_TAKES = 2;

/** Where an arm's videos come from. */
export function sourceOf(spec: StudySpec, arm: ArmSpec): { import: string; model: string } {
  return {
    import: arm.source?.import ?? spec.import ?? '',
    model: arm.source?.model ?? arm.name,
  };
}

/** Looks up the originals of a study in the imports of its project, by model, prompt and seed. */
export async function findSources(
  database: Transaction,
  projectId: number,
  spec: StudySpec,
): Promise<Sources> {
  const wanted = spec.arms.map((arm) => sourceOf(spec, arm));
  const imports = await database.videoImport.findMany({
    where: { projectId, slug: { in: [...new Set(wanted.map((source) => source.import))] } },
    select: { id: true, slug: true, kind: true, state: true },
  });
  const slugs = new Map(imports.map((row) => [row.id, row.slug]));
  const prompts = new Map(spec.prompts.map((prompt, index) => [prompt.key, index]));
  const rows = await database.video.findMany({
    where: {
      importId: { in: [...slugs.keys()] },
      // The clips of a caption import belong to no model.
      model: { in: spec.kind === 'caption' ? [''] : [...new Set(wanted.map((w) => w.model))] },
      prompt: { in: [...prompts.keys()] },
      state: { in: ['accepted', 'refused'] },
    },
    select: {
      importId: true,
      model: true,
      prompt: true,
      seed: true,
      state: true,
      reason: true,
      hash: true,
      width: true,
      height: true,
      fps: true,
      durationSeconds: true,
    },
    orderBy: [{ seed: 'asc' }, { id: 'asc' }],
  });
  const videos = Map.groupBy(rows, (row) =>
    placeKey(slugs.get(row.importId), row.model, row.prompt),
  );
  const captions =
    spec.kind === 'caption'
      ? await findCaptions(database, slugs, wanted, [...prompts.keys()])
      : null;
  const maxTakes = spec.kind === 'video' && spec.shares.same > 0 ? MAX_TAKES : 1;

  const found: Source[] = [];
  const refused: Sources['refused'][number][] = [];
  for (const [arm, source] of wanted.entries())
    for (const [key, prompt] of prompts) {
      const text = captions?.get(placeKey(source.import, source.model, key)) ?? null;
      if (captions && text === null) continue;
      const all = videos.get(placeKey(source.import, captions ? '' : source.model, key)) ?? [];
      let take = 0;
      for (const video of all)
        if (video.state === 'refused')
          refused.push({ arm, prompt, reason: video.reason ?? 'it was refused' });
        else if (take < maxTakes && video.hash)
          found.push({
            arm,
            prompt,
            take: take++,
            hash: video.hash,
            text,
            facts: {
              prompt: key,
              width: video.width ?? 0,
              height: video.height ?? 0,
              fps: video.fps ?? 0,
              durationSeconds: video.durationSeconds ?? 0,
              seed: video.seed,
            },
          });
    }
  return {
    found,
    refused,
    imports: imports.map(({ slug, kind, state }) => ({ slug, kind, state })),
    shortestSeconds: found.reduce<number | null>(
      (least, { facts }) => Math.min(least ?? facts.durationSeconds, facts.durationSeconds),
      null,
    ),
  };
}

async function findCaptions(
  database: Transaction,
  slugs: ReadonlyMap<number, string>,
  wanted: readonly { model: string }[],
  clips: string[],
): Promise<Map<string, string>> {
  const rows = await database.caption.findMany({
    where: {
      importId: { in: [...slugs.keys()] },
      captioner: { in: [...new Set(wanted.map((source) => source.model))] },
      clip: { in: clips },
    },
    select: { importId: true, clip: true, captioner: true, text: true },
  });
  return new Map(
    rows.map((row) => [placeKey(slugs.get(row.importId), row.captioner, row.clip), row.text]),
  );
}

function placeKey(importSlug: string | undefined, model: string, prompt: string): string {
  return JSON.stringify([importSlug, model, prompt]);
}
