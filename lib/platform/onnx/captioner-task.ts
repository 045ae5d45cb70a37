import { z } from 'zod';

/** Raw RGB frames of one clip in a file, one after the other. */
export interface FramesFile {
  path: string;
  width: number;
  height: number;
  count: number;
}

/** Parent to child: one captioner a process, opened first. */
export type CaptionerTask =
  | { kind: 'open'; folder: string; threads: number }
  | { kind: 'describe'; frames: FramesFile; maxNewTokens: number };

/** Child to parent. A process that runs a foreign graph is not trusted: its answer is parsed. */
export const captionerReply = z.discriminatedUnion('kind', [
  /** The shape of `pixel_values`; a name is a dimension of any size. */
  z.object({ kind: z.literal('opened'), shape: z.array(z.union([z.number(), z.string()])) }),
  z.object({ kind: z.literal('described'), text: z.string().max(20_000) }),
  z.object({ kind: z.literal('failed'), message: z.string().max(1000) }),
]);
