import { AppError } from '#lib/core/errors.ts';
import { aesthetics } from './aesthetics.ts';
import { clip } from './clip.ts';
import { imageCaption } from './image-caption.ts';
import { mergeCaptions } from './merge-captions.ts';
import { motion } from './motion.ts';
import type { Scorer } from './scorer.ts';
import { textArea } from './text-area.ts';
import { videoCaption } from './video-caption.ts';

/**
 * All scorers that a run can be made of, in the order in which people choose them. Whoever calls one
 * hands it the settings that its own schema has parsed.
 */
export const SCORERS: readonly Scorer<unknown>[] = [
  motion,
  textArea,
  clip,
  aesthetics,
  imageCaption,
  videoCaption,
  mergeCaptions,
];

/** The scorer of this name. @throws AppError BAD_INPUT where there is none */
export function findScorer(name: string): Scorer<unknown> {
  const scorer = SCORERS.find((known) => known.name === name);
  if (scorer) return scorer;
  const names = SCORERS.map((known) => known.name).join(', ');
  throw new AppError('BAD_INPUT', `There is no scorer "${name}"; there are: ${names}.`, {
    field: 'steps',
  });
}
