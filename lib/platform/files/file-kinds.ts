/** The kinds of file that lie in a folder of videos, told by name; what is in them is checked later. */
export type FileKind = 'video' | 'table' | 'prompts' | 'sidecar' | 'hidden' | 'other';

const VIDEOS = new Set(
  '3gp avi gif m4v mkv mov mp4 mpeg mpg mts ogv ts webm wmv flv m2ts m3u8 mpd'.split(' '),
);
const SIDECARS = new Set('txt md json yaml yml log pdf srt vtt csv tsv jsonl ndjson'.split(' '));
const TABLES = new Set(['csv', 'tsv', 'jsonl', 'ndjson']);
const SYSTEM_FILES = new Set(['thumbs.db', 'desktop.ini']);
const PROMPT_FILES = new Set(['prompts.csv', 'prompts.tsv', 'prompts.txt', 'prompts.jsonl']);

/**
 * What a path is by its name alone. Playlists count as videos, so that they are decoded and refused
 * by name rather than passed over.
 */
export function fileKind(path: string): FileKind {
  const segments = path.toLowerCase().split('/');
  const name = segments.at(-1) ?? '';
  if (segments.some((segment) => segment.startsWith('.') || segment === '__macosx'))
    return 'hidden';
  if (SYSTEM_FILES.has(name)) return 'hidden';
  if (PROMPT_FILES.has(name)) return 'prompts';
  const extension = extensionOf(name);
  if (VIDEOS.has(extension)) return 'video';
  if (TABLES.has(extension)) return 'table';
  return SIDECARS.has(extension) ? 'sidecar' : 'other';
}

/** Lower-case, without the dot; empty where the name has none. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** The file's name without folders and extension. */
export function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}
