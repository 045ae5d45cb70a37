import * as z from 'zod';
import { filePathSchema, KEY_LIMIT } from '../schema.ts';
import { type TableFormat, type TableRow, tableRows } from './table-rows.ts';

export interface VideoTableRow {
  model: string;
  /** The prompt's text. */
  prompt: string;
  seed: number;
  /** Where the video lies: relative to the table, or absolute. */
  path: string;
}

const MAX_SEED = 2_147_483_647;

const format: TableFormat<VideoTableRow> = {
  required: ['model', 'prompt', 'path'],
  row: z.object({
    model: text(KEY_LIMIT),
    prompt: text(4000),
    seed: z.coerce.number().int().min(0).max(MAX_SEED).default(0),
    path: z.string().trim().pipe(filePathSchema),
  }),
  expected: {
    model: `the model's name of at most ${KEY_LIMIT} characters`,
    prompt: 'the text of the prompt of at most 4000 characters',
    seed: `a whole number from 0 to ${MAX_SEED}`,
    path: 'the path of a video, relative to this table',
  },
};

function text(limit: number) {
  return z
    .union([z.string(), z.number()])
    .transform((value) => String(value).trim())
    .pipe(z.string().min(1).max(limit));
}

/**
 * Reads a table of videos, `model, prompt, seed, path`, row by row; `seed` may be left out.
 *
 * @throws AppError BAD_INPUT with file, line, column and what was expected
 */
export function readVideoTable(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<TableRow<VideoTableRow>> {
  return tableRows(file, chunks, format);
}
