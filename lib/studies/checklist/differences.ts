import type { Axis } from '../schema.ts';

/** What decoding found in one original video; one arm's video of one prompt. */
export interface VideoFacts {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly durationSeconds: number;
  readonly seed: number;
}

/** All that is known of how an arm came about. */
export interface ArmFacts {
  readonly name: string;
  readonly level: number | null;
  readonly hyperparameters: Readonly<Record<string, string | number | boolean | null>>;
  readonly importSlug: string;
  readonly videos: readonly VideoFacts[];
}

export interface Difference {
  /** `hyperparameters.steps`, `source.import`, `video.fps`: stable, acknowledgements refer to it. */
  readonly field: string;
  /** Arms by what they have, in the order of the arms; `null` is unknown. */
  readonly values: readonly { readonly value: string | null; readonly arms: readonly string[] }[];
}

/**
 * What a filter ablation must hold equal, by the names people use. On an axis of removed fractions
 * one of them that no arm states is a difference too: an unknown field can't be called equal.
 */
const TRAINING_FACTS = ['base', 'recipe', 'sampler', 'steps'] as const;

const LABELS: Readonly<Record<string, string>> = {
  'source.import': 'import',
  'video.resolution': 'size of the original videos',
  'video.fps': 'frame rate of the original videos',
  'video.duration': 'length of the original videos',
  'video.seeds': 'seeds of the videos',
};

/** A difference's field in words. */
export function labelOf(field: string): string {
  return LABELS[field] ?? field.replace(/^hyperparameters\./, '');
}

/** Frame rates closer than this are the same rate told in two ways (23.976 and 24). */
const FPS_TOLERANCE = 0.05;

/**
 * Everything in which arms differ beyond their level on the axis (decision 7): each hyperparameter,
 * the import, and the size, frame rate, length and seeds of the original videos of one prompt. A
 * value that is unknown in one arm is a difference. A hyperparameter that is the level itself
 * (`crf: 18` of the arm at level 18) is not.
 */
export function findDifferences(arms: readonly ArmFacts[], axis: Axis | null): Difference[] {
  const found: Difference[] = [];
  const names = new Set(arms.flatMap((arm) => Object.keys(arm.hyperparameters)));
  if (axis?.kind === 'removed-fraction')
    for (const fact of TRAINING_FACTS)
      if (![...names].some((name) => name.toLowerCase() === fact)) names.add(fact);
  for (const name of [...names].sort()) {
    const isLevel =
      axis !== null && arms.every((arm) => arm.level !== null && own(arm, name) === arm.level);
    if (isLevel) continue;
    const values = arms.map((arm) => spell(own(arm, name)));
    if (values.some((value) => value === null || value !== values[0]))
      found.push({ field: `hyperparameters.${name}`, values: group(arms, values) });
  }
  const imports = arms.map((arm) => arm.importSlug);
  if (imports.some((slug) => slug !== imports[0]))
    found.push({ field: 'source.import', values: group(arms, imports) });
  return [...found, ...videoDifferences(arms)];
}

function videoDifferences(arms: readonly ArmFacts[]): Difference[] {
  const byPrompt = Map.groupBy(
    arms.flatMap((arm) => arm.videos),
    (video) => video.prompt,
  );
  const sets = [...byPrompt.values()];
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const facts: {
    field: string;
    differs: (videos: readonly VideoFacts[]) => boolean;
    spell: (video: VideoFacts) => string;
  }[] = [
    {
      field: 'video.resolution',
      differs: (videos) =>
        spread(videos.map((v) => v.width)) > 0 || spread(videos.map((v) => v.height)) > 0,
      spell: (v) => `${v.width} x ${v.height}`,
    },
    {
      field: 'video.fps',
      differs: (videos) => spread(videos.map((v) => v.fps)) > FPS_TOLERANCE,
      spell: (v) => `${round(v.fps)} frames/s`,
    },
    {
      field: 'video.duration',
      // Less than one frame is how containers round.
      differs: (videos) =>
        spread(videos.map((v) => v.durationSeconds)) > 1 / Math.min(...videos.map((v) => v.fps)),
      spell: (v) => `${round(v.durationSeconds)} s`,
    },
  ];
  const found = facts
    .filter((fact) => sets.some((videos) => fact.differs(videos)))
    .map((fact) => ({
      field: fact.field,
      values: group(
        arms,
        arms.map((arm) => summarise(arm.videos.map(fact.spell))),
      ),
    }));
  return [...found, ...seedDifference(arms)];
}

/** Seeds are compared as sets, prompt by prompt, where both arms have videos of the prompt. */
function seedDifference(arms: readonly ArmFacts[]): Difference[] {
  const seedsOf = (arm: ArmFacts) =>
    new Map(
      [...Map.groupBy(arm.videos, (video) => video.prompt)].map(([prompt, videos]) => [
        prompt,
        JSON.stringify(videos.map((video) => video.seed).sort((a, b) => a - b)),
      ]),
    );
  const first = new Map<string, string>();
  let differs = false;
  for (const arm of arms)
    for (const [prompt, seeds] of seedsOf(arm)) {
      const before = first.get(prompt);
      if (before === undefined) first.set(prompt, seeds);
      else if (before !== seeds) differs = true;
    }
  if (!differs) return [];
  const values = arms.map((arm) => summarise(arm.videos.map((video) => `seed ${video.seed}`)));
  return [{ field: 'video.seeds', values: group(arms, values) }];
}

function own(arm: ArmFacts, name: string) {
  return Object.hasOwn(arm.hyperparameters, name) ? arm.hyperparameters[name] : null;
}

function spell(value: string | number | boolean | null | undefined): string | null {
  return value === null || value === undefined || value === '' ? null : String(value);
}

/** At most four distinct values, in order; null when there is none. */
function summarise(values: readonly string[]): string | null {
  const distinct = [...new Set(values)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (distinct.length === 0) return null;
  const shown = distinct.slice(0, 4).join(', ');
  return distinct.length > 4 ? `${shown} and ${distinct.length - 4} more` : shown;
}

function group(arms: readonly ArmFacts[], values: readonly (string | null)[]) {
  const groups = new Map<string | null, string[]>();
  arms.forEach((arm, index) => {
    const value = values[index] ?? null;
    groups.set(value, [...(groups.get(value) ?? []), arm.name]);
  });
  return [...groups].map(([value, names]) => ({ value, arms: names }));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
