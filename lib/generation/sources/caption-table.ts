import * as z from 'zod';
import { filePathSchema, KEY_LIMIT } from '../schema.ts';
import { type TableFormat, type TableRow, tableRows } from './table-rows.ts';

export interface CaptionTableRow {
  /** Where the clip lies: relative to the table, or absolute. */
  clip: string;
  captioner: string;
  caption: string;
}

/** The most characters that one caption may have. */
export const CAPTION_LIMIT = 20_000;

const format: TableFormat<CaptionTableRow> = {
  required: ['clip', 'captioner', 'caption'],
  row: z.object({
    clip: z.string().trim().pipe(filePathSchema),
    captioner: z.string().trim().min(1).max(KEY_LIMIT),
    caption: z.string().trim().min(1).max(CAPTION_LIMIT),
  }),
  expected: {
    clip: 'the path of a clip, relative to this table',
    captioner: `the captioner's name of at most ${KEY_LIMIT} characters`,
    caption: `a caption of at most ${CAPTION_LIMIT} characters`,
  },
};

/**
 * Reads a table of captions, `clip, captioner, caption`, row by row.
 *
 * @throws AppError BAD_INPUT with file, line, column and what was expected
 */
export function readCaptionTable(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<TableRow<CaptionTableRow>> {
  return tableRows(file, chunks, format);
}
