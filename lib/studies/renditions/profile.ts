import { createHash } from 'node:crypto';
import type { RenditionProfile } from '../schema.ts';

/** Raised whenever the same profile would give other pictures; old copies are then made again. */
const RENDERER_VERSION = 1;
/** Containers are padded in steps of this many bytes, which hides the videos' own sizes. */
const PAD_STEP_BYTES = 4096;
/** The smallest padding box with room to spare. */
const MIN_SPARE_BYTES = 16;

/** A profile whose length is decided. */
export type FixedProfile = RenditionProfile & { readonly durationSeconds: number };

/**
 * The common form with its length in whole frames: the profile's own, or the shortest video's.
 *
 * @param shortestSeconds of the originals of the study; null when there is none yet.
 * @returns null while no length can be told.
 */
export function fixProfile(
  profile: RenditionProfile,
  shortestSeconds: number | null,
): FixedProfile | null {
  const seconds = profile.durationSeconds ?? shortestSeconds;
  if (seconds === null) return null;
  // The hundredth of a frame makes good how containers round.
  const frames = Math.max(1, Math.floor(seconds * profile.fps + 0.01));
  return { ...profile, durationSeconds: frames / profile.fps };
}

/** Names what would be rendered: the same original with the same key gives the same copy. */
export function profileKey(profile: FixedProfile): string {
  const facts = [
    RENDERER_VERSION,
    profile.width,
    profile.height,
    profile.fps,
    Math.round(profile.durationSeconds * profile.fps),
    profile.codec,
    profile.crf,
    profile.masks.map((mask) => [mask.left, mask.top, mask.width, mask.height]),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}

/** What every rendition of a prompt is padded to, given the largest: its length tells nothing. */
export function wireBytes(largestBytes: number): number {
  return Math.ceil((largestBytes + MIN_SPARE_BYTES) / PAD_STEP_BYTES) * PAD_STEP_BYTES;
}
