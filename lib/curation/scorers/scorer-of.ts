import { AppError } from '#lib/core/errors.ts';
import type { StoredStep } from '../schema.ts';
import { findScorer } from './registry.ts';
import type { Scorer } from './scorer.ts';

/**
 * The scorer of a step of a run, with its settings.
 *
 * @throws AppError BAD_INPUT where this Winnow's scorer is not the one that the run was made with
 */
export function scorerOf({ name, version, settings }: StoredStep): {
  scorer: Scorer<unknown>;
  settings: unknown;
} {
  const scorer = findScorer(name);
  if (scorer.version !== version)
    throw new AppError(
      'BAD_INPUT',
      `The run was made with version ${version} of ${scorer.title}; this Winnow has version ${scorer.version}. Make a new run.`,
      { reason: 'scorer-version' },
    );
  return { scorer, settings: scorer.settings.parse(settings) };
}
