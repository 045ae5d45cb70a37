import { z } from 'zod';

/** Raised when equal settings would give other clips. Part of a dataset's lineage. */
export const CUT_VERSION = 1;

const weight = z.number().min(-255).max(255);

export const scoreWeights = z
  .object({
    hue: weight.default(1),
    saturation: weight.default(1),
    brightness: weight.default(1),
    edges: weight.default(0),
  })
  .refine((weights) => Object.values(weights).some((value) => value !== 0), {
    error: 'At least one weight has to differ from 0.',
  });

const level = z.number().min(0).max(255);
/** Frames a second that a detector looks at; null is every frame. */
const rate = z.number().min(0.1).max(240).nullable();

/** One detector of the cascade. The defaults are PySceneDetect's. */
export const detectorSettings = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('content'),
    fps: rate.default(null),
    threshold: level.default(27),
    weights: scoreWeights.prefault({}),
    filterMode: z.enum(['merge', 'suppress']).default('merge'),
  }),
  z.object({
    kind: z.literal('adaptive'),
    fps: rate.default(null),
    threshold: level.default(3),
    /** Frames before and after that a frame is compared with. */
    window: z.int().min(1).max(100).default(2),
    minContent: level.default(15),
    weights: scoreWeights.prefault({}),
  }),
  z.object({
    kind: z.literal('fade'),
    threshold: level.default(12),
    /** Where the cut lies: -1 where the picture got dark, 1 where it came back. */
    bias: z.number().min(-1).max(1).default(0),
    /** Whether a video that ends dark has a cut where it got dark. */
    hasLastCut: z.boolean().default(true),
  }),
]);
export type DetectorSettings = z.infer<typeof detectorSettings>;

/** What makes a finished clip still or broken, by its optical flow. */
export const flowRule = z.object({
  framesPerSecond: z.number().min(0.1).max(60).default(2),
  /** Mean pixels at a short side of 320, below which a clip counts as still. */
  stillBelow: z.number().min(0).default(0.05),
  /** A pair of frames that moves this many times as far as the clip's median pair is a jump... */
  jumpRatio: z.number().min(1).default(8),
  /** ...when it also moves this many pixels. */
  jumpPixels: z.number().min(0).default(12),
});
export type FlowRule = z.infer<typeof flowRule>;

/** How a video is cut into clips. */
export const cutSettings = z.object({
  /** The cascade: the cuts of all of them count. */
  detectors: z
    .array(detectorSettings)
    .min(1)
    .max(8)
    .prefault([
      { kind: 'content', threshold: 27 },
      { kind: 'content', fps: 6, threshold: 30 },
      { kind: 'content', fps: 2, threshold: 35 },
      { kind: 'fade' },
    ])
    .meta({
      title: 'Detectors',
      description: 'The cascade: the cuts of all of them count (docs/scenes.md).',
    }),
  /** Frames, at the video's own rate, that a detector leaves between two of its cuts. */
  minSceneFrames: z
    .int()
    .min(0)
    .max(100_000)
    .default(15)
    .meta({ title: 'Frames between two cuts, at least' }),
  /** Clips shorter than this are left out. */
  minClipSeconds: z
    .number()
    .min(0)
    .max(3600)
    .default(1)
    .meta({ title: 'Shortest clip, in seconds' }),
  /**
   * When a clip is coded anew instead of copied. `never`: it begins at the scene's first keyframe, a scene
   * without one is left out. `where-needed`: as that, but a scene that would be lost is coded anew.
   * `exact`: every scene that does not begin with a keyframe is coded anew, from its first frame.
   */
  reencode: z.enum(['never', 'where-needed', 'exact']).default('where-needed').meta({
    title: 'Code clips anew',
    description: 'Otherwise they are copied, and begin at the first keyframe of their scene.',
  }),
  /** Constant quality of clips that are coded anew (H.264): lower is better. */
  crf: z
    .int()
    .min(0)
    .max(51)
    .default(16)
    .meta({ title: 'Quality of clips coded anew (CRF, lower is better)' }),
  /** The final pass for still and broken clips; null leaves it out. */
  flow: flowRule
    .nullable()
    .prefault({})
    .meta({ title: 'Still and broken clips', description: 'By optical flow; null keeps them.' }),
});
export type CutSettings = z.infer<typeof cutSettings>;
