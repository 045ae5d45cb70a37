/** How a file may end without changing what it shows: an MP4 `free` box or a WebM Void element. */
export type PaddingForm = 'mp4' | 'webm' | 'none';

/** The smallest padding of each form: its header alone. */
const HEADER_BYTES: Readonly<Record<PaddingForm, number>> = { mp4: 8, webm: 9, none: 0 };
const CHUNK = new Uint8Array(64 * 1024);

/**
 * A part of the padding that brings a file to a given length: a header, then zeros.
 *
 * @param total the whole padding, in bytes; 0 for none.
 * @param from first byte of the wanted part, counted from the padding's start.
 * @param to the byte after its last one.
 * @throws RangeError where the header does not fit into the whole padding.
 */
export function* paddingBytes(
  form: PaddingForm,
  total: number,
  from: number,
  to: number,
): Generator<Uint8Array> {
  if (total > 0 && total < HEADER_BYTES[form])
    throw new RangeError(`${total} bytes of padding are too few for ${form}.`);
  const header = paddingHeader(form, total);
  if (from < header.length) yield header.subarray(from, Math.min(to, header.length));
  for (let at = Math.max(from, header.length); at < to; at += CHUNK.length)
    yield CHUNK.subarray(0, Math.min(CHUNK.length, to - at));
}

function paddingHeader(form: PaddingForm, total: number): Uint8Array {
  const header = Buffer.alloc(total === 0 ? 0 : HEADER_BYTES[form]);
  if (header.length === 0) return header;
  if (form === 'mp4') {
    header.writeUInt32BE(total, 0);
    header.write('free', 4, 'latin1');
  } else {
    // Element id 0xEC; a length of eight bytes, whose first one says so.
    header.writeUInt8(0xec, 0);
    header.writeUInt8(0x01, 1);
    header.writeUIntBE(total - header.length, 3, 6);
  }
  return header;
}
