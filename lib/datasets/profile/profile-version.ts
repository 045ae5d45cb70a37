import { correlateScores } from './correlate-scores.ts';
import { describeScore } from './describe-score.ts';
import { describeCaption, describeLabel } from './describe-texts.ts';
import type { CaptionProfile, LabelProfile, Profile, ScoreProfile } from './schema.ts';
import type { ProfileSource } from './source.ts';

/** A column of a canonical table, as far as describing it needs. */
export interface ProfiledColumn {
  readonly name: string;
  readonly kind: string;
}

/**
 * Describes a canonical table: every number, caption and label in it. Each column is read a few times
 * and alone, so that the memory it takes grows with the clips and never with the columns.
 *
 * @param source.files Parquet parts in the order of their uids
 */
export async function profileVersion(
  source: ProfileSource & { readonly columns: readonly ProfiledColumn[] },
): Promise<Profile> {
  const named = (kind: string) =>
    source.columns.filter((column) => column.kind === kind).map(({ name }) => name);
  const scores: ScoreProfile[] = [];
  for (const name of [...named('score'), ...named('number')])
    scores.push(await describeScore(source, name));
  const captions: CaptionProfile[] = [];
  for (const name of named('caption')) captions.push(await describeCaption(source, name));
  const labels: LabelProfile[] = [];
  for (const name of named('text')) {
    const label = await describeLabel(source, name);
    if (label) labels.push(label);
  }
  const correlations = await correlateScores(source, named('score'));
  return { format: 1, clips: source.clips, scores, correlations, captions, labels };
}
