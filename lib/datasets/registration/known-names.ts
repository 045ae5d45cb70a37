import {
  columnNameSchema,
  type Mapping,
  mappingSchema,
  RESERVED_NAMES,
  type SourceColumn,
} from '../schema.ts';

/** Names that mean the same in most tables, in the order of preference. */
const PATHS = [
  'path',
  'video_path',
  'clip_path',
  'file',
  'filename',
  'file_name',
  'filepath',
  'video',
];
const UIDS = ['uid'];
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  num_frames: ['num_frames', 'frames', 'n_frames', 'frame_count'],
  width: ['width', 'w'],
  height: ['height', 'h'],
  fps: ['fps', 'frame_rate', 'framerate'],
};
/** Scores that a table of clips has, and what they are called here. */
const SCORES: Readonly<Record<string, readonly string[]>> = {
  aes: ['aes', 'aesthetic', 'aesthetics', 'aesthetic_score', 'aes_score'],
  flow: ['flow', 'motion', 'optical_flow', 'flow_score', 'motion_score'],
  ocr: ['ocr', 'text_area', 'ocr_score', 'text_score'],
  match: ['match', 'clip', 'clip_score', 'clip_sim', 'match_score'],
};
const CAPTIONS = /(^|_)(text|caption|captions|prompt|description)(_|$|\d)|caption/;

/**
 * The mapping that the names and types of a table suggest: known columns by name, every other numeric
 * column as a score, texts that look like captions as captions, other texts as texts.
 *
 * @returns null where no column looks like a path
 */
export function suggestMapping(columns: readonly SourceColumn[]): Mapping | null {
  const left = new Map(columns.map((column) => [column.name, column]));
  const take = (names: readonly string[], fits: (column: SourceColumn) => boolean) => {
    for (const name of names)
      for (const column of left.values())
        if (column.name.toLowerCase() === name && fits(column)) {
          left.delete(column.name);
          return column.name;
        }
    return undefined;
  };
  const isNumeric = (column: SourceColumn) => column.isNumeric;
  const path = take(PATHS, ({ isText }) => isText);
  if (path === undefined) return null;
  const uid = take(UIDS, ({ isText }) => isText);
  const taken = new Set(RESERVED_NAMES);
  const numbers: Record<string, string> = {};
  for (const [name, names] of Object.entries(NUMBERS)) {
    const found = take(names, isNumeric);
    if (found !== undefined) numbers[name] = found;
  }
  const scores: Record<string, string> = {};
  for (const [name, names] of Object.entries(SCORES)) {
    const found = take(names, isNumeric);
    if (found !== undefined) scores[name] = found;
    if (found !== undefined) taken.add(name);
  }
  const captions: Record<string, string> = {};
  const texts: Record<string, string> = {};
  for (const column of left.values()) {
    if (!column.isNumeric && !column.isText) continue;
    const part = column.isNumeric
      ? scores
      : CAPTIONS.test(column.name.toLowerCase())
        ? captions
        : texts;
    part[freeName(column.name, taken)] = column.name;
  }
  return mappingSchema.parse({ path, ...(uid ? { uid } : {}), numbers, scores, captions, texts });
}

/** A column's own name for a foreign one: lower-case letters, digits and _, not taken yet. */
function freeName(foreign: string, taken: Set<string>): string {
  const plain = foreign
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 50);
  const start = columnNameSchema.safeParse(plain).success
    ? plain
    : `column_${plain}`.replace(/_$/, '');
  for (let number = 1; ; number++) {
    const name = number === 1 ? start : `${start}_${number}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
