import { AppError } from '#lib/core/errors.ts';
import type { FoundFile } from '#lib/platform/files/walk-folder.ts';
import { readCaptionTable } from './caption-table.ts';
import { chooseTable, columnProblem, topFiles } from './choose-table.ts';
import type { FileSet } from './file-set.ts';
import { promptKey } from './keys.ts';
import { findNamed } from './named-files.ts';
import { type PlannedVideo, ROW_LIMIT, type VideoPlan } from './plan-videos.ts';

export interface PlannedCaption {
  /** The key of the clip, which is the prompt of its video. */
  clip: string;
  captioner: string;
  text: string;
}

export interface CaptionPlan extends VideoPlan {
  captions: PlannedCaption[];
}

/**
 * Finds the caption table among the files.
 *
 * @throws AppError BAD_INPUT where there is none, with what its columns should be
 */
export async function findCaptionTable(
  files: FileSet,
  found: readonly FoundFile[],
): Promise<string> {
  const paths = found.map((file) => file.path);
  const table = await chooseTable(files, paths, readCaptionTable);
  if (table !== null) return table;
  const [other] = topFiles(paths, 'table');
  const problem = other === undefined ? null : await columnProblem(files, other, readCaptionTable);
  throw (
    problem ??
    new AppError(
      'BAD_INPUT',
      'There is no table of captions; add a CSV or JSONL file with the columns "clip", "captioner", "caption".',
      { reason: 'table' },
    )
  );
}

/**
 * Reads the rows of a caption table: its clips, each once, and the captions.
 *
 * @param paths the files that the table may name; null where it may name any that can be opened
 * @throws AppError BAD_INPUT with file, line and column
 */
export async function planCaptions(
  files: FileSet,
  table: string,
  paths: readonly string[] | null,
): Promise<CaptionPlan> {
  const clips = new Map<string, PlannedVideo>();
  const captions: PlannedCaption[] = [];
  const lines = new Map<string, number>();
  const find = paths === null ? null : findNamed(table, paths);
  for await (const { line, values } of readCaptionTable(table, files.read(table))) {
    const clip = promptKey(values.clip);
    const pair = JSON.stringify([clip, values.captioner]);
    const before = lines.get(pair);
    if (before !== undefined)
      throw new AppError(
        'BAD_INPUT',
        `${table} line ${line}, column caption: line ${before} has a caption of this clip by "${values.captioner}" already; expected one each.`,
        { reason: 'table', file: table, line, column: 'caption' },
      );
    lines.set(pair, line);
    if (captions.length === ROW_LIMIT)
      throw new AppError('TOO_LARGE', `${table} has more than ${ROW_LIMIT} rows; split it.`);
    captions.push({ clip, captioner: values.captioner, text: values.caption });
    if (!clips.has(clip)) {
      const path = find === null ? values.clip : find(values.clip);
      clips.set(clip, {
        path: path ?? values.clip,
        model: '',
        prompt: clip,
        promptText: null,
        seed: 0,
        refusal: path === null ? 'The table names it, but it is not among the files.' : null,
      });
    }
  }
  const captioners = new Set(captions.map((caption) => caption.captioner)).size;
  return {
    videos: [...clips.values()],
    captions,
    explanation: `Read from the table ${table}: ${captions.length} captions of ${clips.size} clips by ${captioners} captioners.`,
  };
}
