import { z } from 'zod';
import type { ClipOptions, ClipRequest } from './clips.ts';
import type { MeasureOptions } from './content/measurement.ts';
import type { FlowSettings } from './flow.ts';
import type { FramePicks, FrameSize } from './frames.ts';
import type { MediaLimits } from './limits.ts';
import type { RenditionProfile, RenditionTransform } from './video.ts';

/** What a decoding process can be asked to do. Paths are absolute. */
export type MediaTask =
  | { kind: 'inspect'; path: string }
  | {
      kind: 'render';
      path: string;
      outPath: string;
      profile: RenditionProfile;
      transform: RenditionTransform;
    }
  | { kind: 'poster' | 'sheet'; path: string; outPath: string; frameCount: number }
  | { kind: 'frames'; path: string; outPath: string; at: FramePicks; size: FrameSize | null }
  | { kind: 'flow'; path: string; settings: FlowSettings }
  | { kind: 'measure-content'; path: string; outPath: string; options: MeasureOptions }
  | {
      kind: 'cut-clips';
      path: string;
      outDir: string;
      clips: readonly ClipRequest[];
      options: ClipOptions;
    };

/** How far a long task is. */
export const mediaProgress = z.object({
  frames: z.int(),
  /** Seconds of the video that are done. */
  seconds: z.number(),
  /** As the container says; null where it does not say. */
  totalSeconds: z.number().nullable(),
});
export type MediaProgress = z.infer<typeof mediaProgress>;
export type ReportProgress = (progress: MediaProgress) => void;

/** Parent to child. */
export interface MediaRequest {
  task: MediaTask;
  limits: MediaLimits;
}

/** Child to parent. A process that has read foreign bytes is not trusted: its answer is parsed. */
export const mediaReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), result: z.unknown() }),
  z.object({
    kind: z.literal('refused'),
    message: z.string().max(1000),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  z.object({
    kind: z.literal('failed'),
    message: z.string().max(1000),
    code: z.string().nullable(),
  }),
]);
export type MediaReply = z.infer<typeof mediaReply>;
