import type { PlannedVideo } from './plan-videos.ts';

/** A file of an earlier run, as the database has it. */
export interface KnownVideo {
  id: number;
  path: string;
  model: string;
  prompt: string;
  promptText: string | null;
  seed: number;
  state: 'waiting' | 'accepted' | 'refused';
  reason: string | null;
  hash: string | null;
}

/** What a new run has to do with one file. */
export type Step =
  | { kind: 'nothing' }
  | { kind: 'add'; video: PlannedVideo }
  | { kind: 'refuse'; id: number; reason: string }
  /** Decode it (again), under this place. */
  | { kind: 'wait'; id: number; video: PlannedVideo }
  | { kind: 'retext'; id: number; promptText: string | null }
  | { kind: 'notice'; text: string }
  /** Only its bytes can tell: `changed` if they are no longer those of `hash`. */
  | { kind: 'compare'; path: string; hash: string; changed: Step };

/**
 * Compares what a source holds now with what was imported before. A video that studies may use is
 * never replaced: a change of it is told instead.
 *
 * @param known by path
 */
export function* reconcile(
  planned: readonly PlannedVideo[],
  known: ReadonlyMap<string, KnownVideo>,
): Generator<Step> {
  const owners = new Map<string, string>();
  for (const video of known.values())
    if (video.state === 'accepted') owners.set(placeKey(video), video.path);
  for (const video of planned) {
    const key = placeKey(video);
    const owner = owners.get(key) ?? video.path;
    if (video.refusal === null) owners.set(key, owner);
    const twice =
      owner === video.path ? null : `It has the same model, prompt and seed as ${owner}.`;
    yield stepFor({ ...video, refusal: video.refusal ?? twice }, known.get(video.path));
  }
  const there = new Set(planned.map((video) => video.path));
  const gone = [...known.values()].filter((v) => v.state === 'accepted' && !there.has(v.path));
  if (gone.length > 0)
    yield {
      kind: 'notice',
      text: `${gone.length} imported ${gone.length === 1 ? 'file is' : 'files are'} no longer in the source, such as ${gone[0]?.path}; what was imported is kept.`,
    };
}

function stepFor(video: PlannedVideo, known: KnownVideo | undefined): Step {
  if (!known) return { kind: 'add', video };
  if (known.state === 'accepted') return stepForAccepted(video, known);
  if (video.refusal !== null)
    return video.refusal === known.reason
      ? { kind: 'nothing' }
      : { kind: 'refuse', id: known.id, reason: video.refusal };
  const again: Step = { kind: 'wait', id: known.id, video };
  const isSamePlace = placeKey(video) === placeKey(known);
  if (known.state === 'refused' && known.hash !== null && isSamePlace)
    return { kind: 'compare', path: video.path, hash: known.hash, changed: again };
  return again;
}

function stepForAccepted(video: PlannedVideo, known: KnownVideo): Step {
  if (placeKey(video) !== placeKey(known))
    return {
      kind: 'notice',
      text: `${video.path} now stands for another model, prompt or seed; it was left as it was. Import it under another name.`,
    };
  if (video.promptText !== known.promptText)
    return { kind: 'retext', id: known.id, promptText: video.promptText };
  return known.hash === null
    ? { kind: 'nothing' }
    : {
        kind: 'compare',
        path: video.path,
        hash: known.hash,
        changed: {
          kind: 'notice',
          text: `${video.path} has changed since it was imported; the earlier file was kept. Import the new one under another name.`,
        },
      };
}

function placeKey(video: { model: string; prompt: string; seed: number }): string {
  return JSON.stringify([video.model, video.prompt, video.seed]);
}
