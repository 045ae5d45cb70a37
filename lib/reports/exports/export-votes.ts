import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import { exclusionOf } from '#lib/studies/votes/exclusion-of.ts';
import { readStudy } from '../read-study.ts';
import { voteLines } from './vote-lines.ts';

interface ExportInput extends StudyAddress {
  readonly format: 'csv' | 'jsonl';
  readonly question?: number | undefined;
  readonly all: boolean;
}

/**
 * A study's votes in the arena's form: `model_a` is the arm that stood on the left, and `winner` is
 * `model_a`, `model_b` or `tie`. Raters are pseudonyms. Only votes that rankings use, unless `all`
 * asks for the others too (retracted ones never), told apart by `status`, `origin` and `excluded`: what
 * the vote's rater is excluded for.
 */
export async function exportVotes(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: ExportInput,
): Promise<File> {
  const study = await readStudy(platform, actor, input);
  const { format, question, all } = input;
  const exclusion = exclusionOf(study);
  // Each a blob of its own: a file of a million votes is never copied in one go.
  const parts: Blob[] = [];
  for await (const text of voteLines(platform.database, study, {
    format,
    question,
    ranked: all ? null : exclusion,
  }))
    parts.push(new Blob([text]));
  return new File(parts, `${study.slug}-r${study.revision}-votes.${format}`, {
    type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
  });
}
