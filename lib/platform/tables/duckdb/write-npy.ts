import { open } from 'node:fs/promises';
import type { DuckDBDataChunk, DuckDBPreparedStatement } from '@duckdb/node-api';

const HEADER_BYTES = 128;
const RECORD_BYTES = 16;
const FLUSH_BYTES = 4 * 1024 ** 2;

/** Wraps a statement of one column, 32 hexadecimal digits each, into one of two integers a row. */
export function asRecords(statement: string): string {
  const number = (start: number) => `('0x' || substr(uid, ${start}, 16))::UBIGINT`;
  return `SELECT ${number(1)} AS f0, ${number(17)} AS f1 FROM (${statement}) AS listed(uid)`;
}

/**
 * Writes the records of a statement made by `asRecords`, in its order, as a NumPy array (format 1.0)
 * with the little-endian unsigned 64-bit fields `f0` and `f1`, as DataComp's subset files have them.
 *
 * @returns how many records were written
 */
export async function writeNpy(
  statement: DuckDBPreparedStatement,
  output: string,
): Promise<number> {
  const result = await statement.stream();
  const file = await open(output, 'w');
  try {
    let rows = 0;
    let position = HEADER_BYTES;
    let pending: Buffer[] = [];
    const flush = async () => {
      const bytes = Buffer.concat(pending);
      await file.write(bytes, 0, bytes.length, position);
      position += bytes.length;
      pending = [];
    };
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      pending.push(recordsOf(chunk));
      rows += chunk.rowCount;
      if (pending.length * RECORD_BYTES * chunk.rowCount >= FLUSH_BYTES) await flush();
    }
    await flush();
    // Written last: only now is the number of records known.
    await file.write(headerOf(rows), 0, HEADER_BYTES, 0);
    await file.sync();
    return rows;
  } finally {
    await file.close();
  }
}

function recordsOf(chunk: DuckDBDataChunk): Buffer {
  const bytes = Buffer.allocUnsafe(chunk.rowCount * RECORD_BYTES);
  for (const column of [0, 1])
    chunk.visitColumnValues(column, (value, row) => {
      if (typeof value !== 'bigint') throw new Error('A uid has to be 32 hexadecimal digits.');
      bytes.writeBigUInt64LE(value, row * RECORD_BYTES + column * 8);
    });
  return bytes;
}

/** Magic, version, length of the text, text padded with spaces to an end of line: 128 bytes. */
function headerOf(rows: number): Buffer {
  const text = `{'descr': [('f0', '<u8'), ('f1', '<u8')], 'fortran_order': False, 'shape': (${rows},), }`;
  const header = Buffer.alloc(HEADER_BYTES, ' ');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(HEADER_BYTES - 10, 8);
  header.write(text, 10, 'latin1');
  header.write('\n', HEADER_BYTES - 1, 'latin1');
  return header;
}
