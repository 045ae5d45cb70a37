/** The cuts of one detector: frames of the video, each a multiple of its stride for a lower rate. */
export interface DetectorCuts {
  readonly stride: number;
  readonly cuts: readonly number[];
}

/**
 * Joins the cuts of several detectors into one list of frames. A cut of a detector that looks at every
 * s-th frame lies in the s frames up to the one that it names: where a finer detector found one there,
 * it is that; else it lies at the frame that differs most from the one before it.
 *
 * @param scores difference of each frame from the one before
 * @returns frames that begin a scene, in order, without 0 and without doubles
 */
export function placeCuts(
  detectors: readonly DetectorCuts[],
  scores: ArrayLike<number>,
): readonly number[] {
  const placed = new Set<number>();
  for (const { stride, cuts } of [...detectors].sort((a, b) => a.stride - b.stride)) {
    for (const cut of cuts) {
      const first = Math.max(1, cut - stride + 1);
      if (cut <= 0 || cut >= scores.length) continue;
      const around = Array.from({ length: cut - first + 1 }, (_, at) => first + at);
      if (around.some((frame) => placed.has(frame))) continue;
      placed.add(
        around.reduce((best, frame) => ((scores[frame] ?? 0) > (scores[best] ?? 0) ? frame : best)),
      );
    }
  }
  return [...placed].sort((a, b) => a - b);
}
