import { planesOf, readFrames } from '../frames-file.ts';
import { type InferenceSession, runGraph } from '../onnx/sessions.ts';
import type { FramesFile, TextDetection } from '../task.ts';
import { CRAFT_CHANNELS, craftBoxes } from './craft.ts';
import { DBNET_CHANNELS, dbnetBoxes } from './dbnet.ts';
import { type Rectangle, visitPixels } from './rectangle.ts';

/** Text of one frame: how many boxes, and the share of the frame that they cover together. */
export interface FoundText {
  share: number;
  boxes: number;
}

/** Finds text in each frame; their sides are what the graph takes, multiples of 32. */
export async function detectText(
  session: InferenceSession,
  frames: FramesFile,
  detection: TextDetection,
): Promise<FoundText[]> {
  const isDbnet = detection.method === 'dbnet';
  const found: FoundText[] = [];
  for (const pixels of readFrames(frames)) {
    const data = planesOf(pixels, isDbnet ? DBNET_CHANNELS : CRAFT_CHANNELS);
    const shape = [1, 3, frames.height, frames.width];
    const [output] = await runGraph(session, [{ data, shape }]);
    const dimensions = output?.shape ?? [];
    // DBNet: [1, 1, height, width]. CRAFT: [1, height / 2, width / 2, 2].
    const [height = 0, width = 0] = isDbnet ? dimensions.slice(2) : dimensions.slice(1);
    const channels = isDbnet ? dimensions[1] : dimensions[3];
    if (!output || dimensions.length !== 4 || channels !== (isDbnet ? 1 : 2)) {
      throw new Error(
        `The graph's first output has the shape ${dimensions.join(' x ')}, which is not that of ${detection.method}.`,
      );
    }
    const map = { width, height };
    const boxes = isDbnet
      ? dbnetBoxes(output.data, map, detection)
      : craftBoxes(output.data, map, detection);
    found.push({ share: coveredShare(boxes, map), boxes: boxes.length });
  }
  return found;
}

/** The share of a map's pixels that lie in at least one of the boxes. */
export function coveredShare(
  boxes: readonly Rectangle[],
  map: { width: number; height: number },
): number {
  const covered = new Uint8Array(map.width * map.height);
  for (const box of boxes) {
    visitPixels(box, map, (at) => {
      covered[at] = 1;
    });
  }
  return covered.reduce((sum, pixel) => sum + pixel, 0) / covered.length;
}
