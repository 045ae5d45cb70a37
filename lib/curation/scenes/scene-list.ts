/** A scene or clip as frames of its video: from `start` up to, not including, `end`. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

/** The scenes between cuts; they cover all frames. */
export function scenesOf(cuts: readonly number[], frameCount: number): FrameRange[] {
  const starts = [0, ...cuts];
  return starts.map((start, at) => ({ start, end: starts[at + 1] ?? frameCount }));
}
