import type { FrameDelta } from '#lib/platform/media/content/measurement.ts';

/** What a detector knows of one frame. */
export interface SceneFrame {
  /** From 0, in the whole video. */
  readonly index: number;
  readonly microseconds: number;
  /** Mean of all colour levels, in [0, 255]. */
  readonly level: number;
  /** Difference from the frame before it at the detector's rate; null for the first. */
  readonly delta: FrameDelta | null;
}

/** Finds cuts in frames that come in order. A cut is the index of the first frame of a new scene. */
export interface Detector {
  next(frame: SceneFrame): readonly number[];
  /** After the last frame. */
  end(): readonly number[];
}

/** Weights of the four differences in a frame's score. */
export interface ScoreWeights {
  readonly hue: number;
  readonly saturation: number;
  readonly brightness: number;
  readonly edges: number;
}

/**
 * The score of a frame, PySceneDetect's `content_val`: the weighted sum of the differences over the sum
 * of the weights' sizes; 0 for the first frame. The order of the sum is that of the original, for equal
 * digits.
 */
export function contentScore(delta: FrameDelta | null, weights: ScoreWeights): number {
  if (!delta) return 0;
  const { hue, saturation, brightness, edges } = weights;
  const sum =
    delta.hue * hue +
    delta.saturation * saturation +
    delta.brightness * brightness +
    delta.edges * edges;
  return sum / (Math.abs(hue) + Math.abs(saturation) + Math.abs(brightness) + Math.abs(edges));
}
