import { AppError } from '#lib/core/errors.ts';
import { fileKind } from '#lib/platform/files/file-kinds.ts';
import type { FoundFile } from '#lib/platform/files/walk-folder.ts';
import type { LayoutChoice } from '../schema.ts';
import { chooseTable, columnProblem, topFiles } from './choose-table.ts';
import type { FileSet } from './file-set.ts';
import { readFolderLayout } from './folder-layout.ts';
import { promptKey } from './keys.ts';
import { findNamed } from './named-files.ts';
import { readPromptTexts } from './prompt-texts.ts';
import { readVideoTable } from './video-table.ts';

/** A file of the import-to-be: what it is, or why it is refused before anybody opens it. */
export interface PlannedVideo {
  path: string;
  model: string;
  prompt: string;
  promptText: string | null;
  seed: number;
  refusal: string | null;
}

export interface VideoPlan {
  videos: PlannedVideo[];
  explanation: string;
}

export const ROW_LIMIT = 200_000;

/**
 * Says of every file which model made it for which prompt: by a table among the files that has the
 * columns, else by folders and names.
 *
 * @param name what a single arm is called whose files lie in no folder
 * @throws AppError BAD_INPUT with a sentence, where a table or the prompt texts can't be read
 */
export async function planFolder(
  files: FileSet,
  found: readonly FoundFile[],
  name: string,
  choice: LayoutChoice,
): Promise<VideoPlan> {
  const paths = found.map((file) => file.path);
  const table = await chooseTable(files, paths, readVideoTable);
  if (table !== null) return planTable(files, table, paths);
  await explainLooseTable(files, paths);
  const refusals = found.flatMap(({ path, refusal }) =>
    refusal !== null && fileKind(path) !== 'hidden' ? [{ path, reason: refusal }] : [],
  );
  const readable = found.filter((file) => file.refusal === null).map((file) => file.path);
  const layout = readFolderLayout(readable.toSorted(), name, choice);
  const texts = await promptTexts(files, paths);
  const videos = layout.placed.map((file) => ({
    ...file,
    promptText: texts.get(file.prompt) ?? file.promptText,
    refusal: null,
  }));
  return {
    videos: [...videos, ...[...layout.refused, ...refusals].map(refusedVideo)],
    explanation: layout.explanation + explainTexts(texts, videos),
  };
}

/**
 * Reads the rows of a table as videos.
 *
 * @param paths the files that the table may name; null where it may name any that can be opened
 */
export async function planTable(
  files: FileSet,
  table: string,
  paths: readonly string[] | null,
): Promise<VideoPlan> {
  const videos: PlannedVideo[] = [];
  const lines = new Map<string, number>();
  const find = paths === null ? null : findNamed(table, paths);
  for await (const { line, values } of readVideoTable(table, files.read(table))) {
    const path = find === null ? values.path : (find(values.path) ?? values.path);
    const missing = find !== null && find(values.path) === null;
    const before = lines.get(path);
    if (before !== undefined)
      throw new AppError(
        'BAD_INPUT',
        `${table} line ${line}, column path: line ${before} names the same file; expected another one.`,
        { reason: 'table', file: table, line, column: 'path' },
      );
    lines.set(path, line);
    if (videos.length === ROW_LIMIT)
      throw new AppError('TOO_LARGE', `${table} has more than ${ROW_LIMIT} rows; split it.`);
    videos.push({
      path,
      model: values.model,
      prompt: promptKey(values.prompt),
      promptText: values.prompt,
      seed: values.seed,
      refusal: missing ? 'The table names it, but it is not among the files.' : null,
    });
  }
  const models = new Set(videos.map((video) => video.model)).size;
  const prompts = new Set(videos.map((video) => video.prompt)).size;
  return {
    videos,
    explanation: `Read from the table ${table}: ${videos.length} rows, ${models} models, ${prompts} prompts.`,
  };
}

/** Loose files beside one table that lacks a column: the table was meant, so its mistake is told. */
async function explainLooseTable(files: FileSet, paths: readonly string[]): Promise<void> {
  const tables = topFiles(paths, 'table');
  const [table] = tables;
  const isLoose = paths.every((path) => fileKind(path) !== 'video' || !path.includes('/'));
  if (!isLoose || table === undefined || tables.length > 1) return;
  const problem = await columnProblem(files, table, readVideoTable);
  if (problem) throw problem;
}

async function promptTexts(
  files: FileSet,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const [file] = topFiles(paths, 'prompts');
  return file === undefined ? new Map() : readPromptTexts(file, files.read(file));
}

function explainTexts(texts: ReadonlyMap<string, string>, videos: readonly PlannedVideo[]): string {
  if (texts.size === 0) return '';
  const prompts = new Set(videos.map((video) => video.prompt));
  const known = [...prompts].filter((prompt) => texts.has(prompt)).length;
  return ` The prompts file gives ${known} of ${prompts.size} prompts their text.`;
}

function refusedVideo({ path, reason }: { path: string; reason: string }): PlannedVideo {
  return { path, model: '', prompt: '', promptText: null, seed: 0, refusal: reason };
}
