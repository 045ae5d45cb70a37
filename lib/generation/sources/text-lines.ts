import { AppError } from '#lib/core/errors.ts';

/** The longest line or record that a table may have, in characters. */
export const LINE_LIMIT = 1_000_000;

/**
 * Decodes UTF-8 piece by piece, without the byte order mark.
 *
 * @throws AppError BAD_INPUT where the bytes are no UTF-8 text
 */
export async function* decodeText(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of chunks)
      yield checkText(file, decoder.decode(chunk, { stream: true }));
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw notText(file);
  }
}

/** Splits text into lines, which it numbers from 1. A line is held in memory, the text is not. */
export async function* textLines(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ line: number; text: string }> {
  let line = 0;
  let held = '';
  for await (const text of decodeText(file, chunks)) {
    const parts = (held + text).split(/\r?\n/);
    held = parts.pop() ?? '';
    for (const part of parts) yield { line: ++line, text: part };
    if (held.length > LINE_LIMIT)
      throw new AppError(
        'BAD_INPUT',
        `${file} line ${line + 1} is longer than ${LINE_LIMIT} characters; is this the right file?`,
        { reason: 'table', file, line: line + 1 },
      );
  }
  if (held !== '') yield { line: line + 1, text: held.replace(/\r$/, '') };
}

function checkText(file: string, text: string): string {
  if (text.includes('\0')) throw notText(file);
  return text;
}

function notText(file: string): AppError {
  return new AppError(
    'BAD_INPUT',
    `${file} is not a text file in UTF-8; save it as CSV in UTF-8.`,
    {
      reason: 'table',
      file,
    },
  );
}
