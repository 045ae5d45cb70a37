import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { CUT_VERSION, cutSettings } from '../scenes/settings.ts';
import type { NewRun, StoredRunSource, StoredStep } from '../schema.ts';
import { findScorer } from '../scorers/registry.ts';
import { CUT_COLUMNS } from '../units/cut-columns.ts';
import { TAKE_COLUMNS } from '../units/take-clips.ts';

/** What tells a clip from all others, and what only its file can say. */
const FIXED = ['uid', 'path', 'hash', 'num_frames', 'width', 'height', 'fps'];

/**
 * The steps of a run with all their settings: every scorer is known, its settings are as its schema
 * says, what it reads is there, and no column is made twice.
 *
 * @throws AppError BAD_INPUT
 */
export function parseSteps(
  source: StoredRunSource,
  { cut, steps }: Pick<NewRun, 'cut' | 'steps'>,
): StoredStep[] {
  const isCut = source.kind === 'videos' && cut !== null;
  if (source.kind === 'table' && steps.length === 0)
    throw refusal('Choose at least one scorer: the clips of the dataset are there already.');
  const table: readonly { name: string }[] =
    source.kind === 'table' ? source.columns : isCut ? CUT_COLUMNS : TAKE_COLUMNS;
  const fixed = new Set([...FIXED, ...(isCut ? table.map(({ name }) => name) : [])]);
  const known = new Set(table.map(({ name }) => name));
  const made = new Map<string, string>();
  const stored: StoredStep[] = [];
  if (isCut) {
    const settings = z.json().parse(parseSettings('Cut into clips', cutSettings, cut));
    stored.push({ kind: 'cut', name: 'cut', version: CUT_VERSION, settings });
  }
  for (const step of steps) {
    const scorer = findScorer(step.scorer);
    const settings = parseSettings(scorer.title, scorer.settings, step.settings);
    for (const read of scorer.reads(settings))
      if (!known.has(read))
        throw refusal(
          `${scorer.title} reads the column "${read}", which neither the clips nor an earlier step has.`,
        );
    for (const { name } of scorer.columns(settings)) {
      const other = made.get(name);
      if (other !== undefined)
        throw refusal(`${scorer.title} and ${other} both make the column "${name}".`);
      if (fixed.has(name))
        throw refusal(
          `${scorer.title} may not make the column "${name}": it belongs to the clips.`,
        );
      made.set(name, scorer.title);
      known.add(name);
    }
    stored.push({
      kind: 'score',
      name: scorer.name,
      version: scorer.version,
      settings: z.json().parse(settings),
    });
  }
  return stored;
}

function parseSettings<T>(title: string, schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.length ? ` (${issue.path.join('.')})` : '';
  throw refusal(`${title}${where}: ${issue?.message ?? 'the settings are not understood'}.`);
}

function refusal(message: string): AppError {
  return new AppError('BAD_INPUT', message, { field: 'steps' });
}
