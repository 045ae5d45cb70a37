import { z } from 'zod';

/** Frames as `media.writeFrames` leaves them: RGB24, one after the other. */
export interface FramesFile {
  /** Absolute. */
  path: string;
  width: number;
  height: number;
  count: number;
}

const share = z.number().min(0).max(1);

/** How text boxes come out of a detector's maps; see docs/scorer-definitions.md. */
export const textDetection = z.discriminatedUnion('method', [
  z.object({
    method: z.literal('dbnet'),
    /** Probability from which a pixel is text. */
    pixelThreshold: share.default(0.3),
    /** Mean probability from which a box counts. */
    boxThreshold: share.default(0.6),
    /** How far a box is grown: by area x this / perimeter on each side. */
    unclipRatio: z.number().min(0).max(5).default(1.5),
  }),
  z.object({
    method: z.literal('craft'),
    /** Highest character score that a box needs. */
    textThreshold: share.default(0.7),
    linkThreshold: share.default(0.4),
    lowText: share.default(0.4),
  }),
]);
export type TextDetection = z.infer<typeof textDetection>;

/** What a RAFT graph takes and how its flow is averaged. */
export const modelFlow = z.object({
  /** What the values 0 to 255 of a pixel are brought to. */
  inputRange: z.enum(['0..255', '-1..1']).default('0..255'),
  /** Short side in pixels that each flow map is brought to before it is averaged. */
  mapShortSide: z.int().min(1).max(512).default(16),
  /** What a pixel of the frames is worth, across and down. */
  scale: z.object({ x: z.number().positive(), y: z.number().positive() }).default({ x: 1, y: 1 }),
});
export type ModelFlow = z.infer<typeof modelFlow>;

/** What the process that runs models can be asked to do. Paths are absolute. */
export type ModelTask =
  | { kind: 'load-graph'; model: string }
  | { kind: 'load-clip' | 'load-captioner'; folder: string }
  | { kind: 'embed-images'; folder: string; frames: FramesFile }
  | { kind: 'embed-texts'; folder: string; texts: readonly string[] }
  | { kind: 'caption'; folder: string; frames: FramesFile; maxNewTokens: number }
  | { kind: 'detect-text'; model: string; frames: FramesFile; detection: TextDetection }
  | { kind: 'flow'; model: string; frames: FramesFile; flow: ModelFlow }
  | { kind: 'apply'; model: string; vectors: readonly (readonly number[])[] };

/** Parent to child. */
export interface ModelRequest {
  task: ModelTask;
  session: SessionSettings;
}

export interface SessionSettings {
  /** ONNX Runtime's execution providers, the first that works for each node. */
  providers: readonly string[];
  threads: number;
}

/** Child to parent; it has run a foreign graph, so its answer is parsed. */
export const modelReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), result: z.unknown() }),
  z.object({ kind: z.literal('failed'), message: z.string().max(2000) }),
]);
export type ModelReply = z.infer<typeof modelReply>;
