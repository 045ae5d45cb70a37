import { type Analysis, analysisSchema } from './schema.ts';

/**
 * The parts of an analysis that another one of the same votes must repeat: all of it, but not what comes
 * from scores of videos where those have been replaced since, and nothing where one of the two is none.
 */
export function comparableAnalysis(analysis: unknown, other: unknown): Partial<Analysis> | null {
  const [own, against] = [analysis, other].map((one) => analysisSchema.safeParse(one).data);
  if (!own || !against) return null;
  if (own.scores === against.scores) return own;
  return { parts: own.parts.map((part) => ({ ...part, metrics: [] })) };
}
