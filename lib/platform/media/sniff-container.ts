import { refuse } from './refusal.ts';

/** Containers that we open, named as FFmpeg names their demuxers. */
export type ContainerName =
  | 'mov'
  | 'matroska'
  | 'avi'
  | 'gif'
  | 'ogg'
  | 'mpeg'
  | 'mpegvideo'
  | 'mpegts';

/** As many bytes of the head as `sniffContainer` looks at. */
export const SNIFF_BYTES = 4096;

const ACCEPTED = 'Send MP4, MOV, WebM, MKV, AVI, GIF, OGV or MPEG.';
const MOV_BOXES = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot']);

/**
 * Tells the container by its first bytes, never by its name. FFmpeg's own probing is not used: it
 * would also try playlists and concatenation scripts, which name other files.
 *
 * @throws AppError BAD_INPUT with `data.reason` EMPTY, PLAYLIST, TEXT, PICTURE, AUDIO or UNKNOWN_FORMAT
 */
export function sniffContainer(head: Uint8Array): ContainerName {
  if (head.length === 0) throw refuse('EMPTY', 'The file is empty; send a video.');
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const latin = bytes.toString('latin1');
  const word = bytes.length >= 4 ? bytes.readUInt32BE(0) : 0;
  const form = latin.slice(8, 12);

  if (MOV_BOXES.has(latin.slice(4, 8))) {
    if (/^(avif|avis|heic|heix|mif1|msf1)$/.test(form)) throw picture(form.toUpperCase());
    return 'mov';
  }
  if (word === 0x1a45dfa3) return 'matroska';
  if (latin.startsWith('RIFF')) {
    if (form === 'AVI ') return 'avi';
    if (form === 'WEBP') throw picture('WebP');
    if (form === 'WAVE') throw audio('WAV');
  }
  if (latin.startsWith('GIF87a') || latin.startsWith('GIF89a')) return 'gif';
  if (latin.startsWith('OggS')) return 'ogg';
  if (word === 0x000001ba) return 'mpeg';
  if (word === 0x000001b3) return 'mpegvideo';
  if (bytes[0] === 0x47 && bytes[188] === 0x47 && bytes[376] === 0x47) return 'mpegts';

  if (latin.startsWith('\x89PNG')) throw picture('PNG');
  if (latin.startsWith('\xff\xd8\xff')) throw picture('JPEG');
  if (latin.startsWith('BM')) throw picture('BMP');
  if (latin.startsWith('II*\0') || latin.startsWith('MM\0*')) throw picture('TIFF');
  if (latin.startsWith('ID3') || latin.startsWith('fLaC')) throw audio('music');

  const text = latin.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (
    /^(#EXTM3U|ffconcat|<MPD|\[playlist\])/i.test(text) ||
    /^(file|concat:|https?:)/i.test(text)
  ) {
    throw refuse('PLAYLIST', `The file is a playlist that names other files. ${ACCEPTED}`);
  }
  if (isText(bytes)) throw refuse('TEXT', `The file is text, not a video. ${ACCEPTED}`);
  throw refuse('UNKNOWN_FORMAT', `The file is in a format that is not taken. ${ACCEPTED}`);
}

function picture(kind: string) {
  return refuse('PICTURE', `The file is a ${kind} picture, not a video. ${ACCEPTED}`);
}

function audio(kind: string) {
  return refuse('AUDIO', `The file is ${kind} sound without a picture. ${ACCEPTED}`);
}

function isText(bytes: Buffer): boolean {
  return bytes.every(
    (byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 12 || byte === 13,
  );
}
