import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { extensionOf } from '#lib/platform/files/file-kinds.ts';
import { promptKey } from './keys.ts';
import { type TableFormat, tableRows } from './table-rows.ts';
import { textLines } from './text-lines.ts';

const format: TableFormat<{ key: string; text: string }> = {
  required: ['key', 'text'],
  row: z.object({
    key: z.coerce.string().trim().min(1),
    text: z.string().trim().min(1).max(4000),
  }),
  expected: {
    key: 'the file name without extension that the text belongs to',
    text: 'the text of the prompt of at most 4000 characters',
  },
};

const PROMPT_LIMIT = 100_000;

/**
 * Reads the texts of prompts that lie beside a folder of videos: `prompts.csv` (or .tsv, .jsonl)
 * with the columns `key, text`, or `prompts.txt` with a key, a comma or tab, and the text a line.
 *
 * @returns the texts by prompt key
 * @throws AppError BAD_INPUT with file and line and what was expected
 */
export async function readPromptTexts(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const rows =
    extensionOf(file) === 'txt' ? plainRows(file, chunks) : tableRows(file, chunks, format);
  for await (const { line, values } of rows) {
    const key = promptKey(values.key);
    if (texts.has(key))
      throw new AppError('BAD_INPUT', `${file} line ${line}: "${key}" was given a text before.`, {
        reason: 'table',
        file,
        line,
        column: 'key',
      });
    if (texts.size === PROMPT_LIMIT)
      throw new AppError('TOO_LARGE', `${file} has more than ${PROMPT_LIMIT} prompts.`, { file });
    texts.set(key, values.text);
  }
  return texts;
}

async function* plainRows(file: string, chunks: AsyncIterable<Uint8Array>) {
  for await (const { line, text } of textLines(file, chunks)) {
    if (text.trim() === '') continue;
    const parts = /^([^\t,]+)[\t,]\s*(.+)$/.exec(text.trim());
    if (!parts?.[1] || !parts[2])
      throw new AppError(
        'BAD_INPUT',
        `${file} line ${line}: expected a key, a comma and the text, such as "beach, Waves on a beach".`,
        { reason: 'table', file, line },
      );
    yield { line, values: { key: parts[1].trim(), text: parts[2].trim() } };
  }
}
