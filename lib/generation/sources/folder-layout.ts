import { fileKind, stemOf } from '#lib/platform/files/file-kinds.ts';
import { KEY_LIMIT, type LayoutChoice } from '../schema.ts';
import { promptKey } from './keys.ts';

/** A file with the arm and the prompt that its place and name give it. */
export interface PlacedFile {
  path: string;
  model: string;
  /** The prompt's key. */
  prompt: string;
  /** The prompt's text where the file's name carries it. */
  promptText: string | null;
  seed: number;
}

export interface RefusedFile {
  path: string;
  reason: string;
}

export interface FolderLayout {
  layout: 'equal-names' | 'prompt-index';
  placed: PlacedFile[];
  refused: RefusedFile[];
  /** What was recognised and why, in one or two sentences for a person. */
  explanation: string;
}

/** `{prompt}-{index}`; a padded number such as `clip-001` is a running number of the clip instead. */
const PROMPT_INDEX = /^(.*\S)-(0|[1-9]\d{0,8})$/s;

/**
 * Tells from the paths alone which of the two folder layouts a set of files has, and gives each
 * video its model, prompt and seed. Folders that all videos share are passed over.
 *
 * @param paths relative, with `/`; files that are no videos are left out or refused by name
 * @param soleModel the model's name where the videos lie in no folder of their own
 */
export function readFolderLayout(
  paths: readonly string[],
  soleModel: string,
  choice: LayoutChoice = 'auto',
): FolderLayout {
  const videos = paths.filter((path) => fileKind(path) === 'video');
  const refused: RefusedFile[] = paths
    .filter((path) => fileKind(path) === 'other')
    .map((path) => ({ path, reason: 'The name does not end like a video, such as .mp4.' }));
  const { inFolders, shared } = sharedFolders(videos);
  const candidates = videos.flatMap((path) => {
    const place = placeOf(path, shared, inFolders, soleModel);
    if (typeof place === 'string') return [{ path, model: place, stem: stemOf(path) }];
    refused.push({ path, reason: place.reason });
    return [];
  });
  const layout = choice === 'auto' ? recognise(candidates.map((file) => file.stem)) : choice;
  const placed: PlacedFile[] = [];
  for (const { path, model, stem } of candidates) {
    const name = layout === 'prompt-index' ? PROMPT_INDEX.exec(stem) : null;
    if (model.length > KEY_LIMIT)
      refused.push({ path, reason: `The folder's name is longer than ${KEY_LIMIT} characters.` });
    else if (layout === 'prompt-index' && !name)
      refused.push({
        path,
        reason: 'The name is not {prompt}-{index}, such as "a red car-0.mp4".',
      });
    else
      placed.push({
        path,
        model,
        prompt: promptKey(name?.[1] ?? stem),
        promptText: name?.[1] ?? null,
        seed: Number(name?.[2] ?? 0),
      });
  }
  return { layout, placed, refused, explanation: explain(layout, placed, inFolders) };
}

/** Where videos lie in folders of their own, the number of leading folders that all of them share. */
function sharedFolders(videos: readonly string[]): { inFolders: boolean; shared: number } {
  const parts = videos.map((path) => path.split('/'));
  const [first] = parts;
  if (first === undefined) return { inFolders: false, shared: 0 };
  const depth = Math.min(...parts.map((part) => part.length));
  let shared = 0;
  while (shared < depth - 2 && parts.every((part) => part[shared] === first[shared])) shared++;
  // A single folder that holds everything may be the arm itself or only wrap loose and foldered files.
  const wraps =
    depth - 1 > shared &&
    parts.some((part) => part.length > depth) &&
    parts.every((part) => part[shared] === first[shared]);
  if (wraps) shared++;
  return { inFolders: parts.some((part) => part.length - shared > 1), shared };
}

function placeOf(
  path: string,
  shared: number,
  inFolders: boolean,
  soleModel: string,
): string | { reason: string } {
  const rest = path.split('/').slice(shared);
  if (rest.length === 1)
    return inFolders
      ? { reason: 'It lies beside the folders of the arms; put it into one of them.' }
      : soleModel;
  if (rest.length > 2)
    return {
      reason: `It lies ${rest.length - 1} folders deep; put the videos of an arm directly into its folder.`,
    };
  return rest[0] ?? soleModel;
}

function recognise(stems: readonly string[]): FolderLayout['layout'] {
  const prompts = new Set<string>();
  for (const stem of stems) {
    const prompt = PROMPT_INDEX.exec(stem)?.[1];
    if (prompt === undefined) return 'equal-names';
    prompts.add(prompt);
  }
  // One word with many numbers (clip-1, clip-2, ...) counts clips; it is no prompt with many seeds.
  const [only] = prompts;
  const isOneWord = prompts.size === 1 && only !== undefined && !/[\s_]/.test(only);
  return prompts.size === 0 || isOneWord ? 'equal-names' : 'prompt-index';
}

function explain(
  layout: FolderLayout['layout'],
  placed: readonly PlacedFile[],
  inFolders: boolean,
): string {
  if (placed.length === 0) return 'No videos were found.';
  const models = new Set(placed.map((file) => file.model));
  const prompts = new Set(placed.map((file) => file.prompt));
  const seeds = new Set(placed.map((file) => file.seed));
  const arms = inFolders
    ? `${count(models.size, 'folder')}, each one arm`
    : `files in no folder, taken as one arm named "${[...models][0]}"`;
  if (layout === 'equal-names')
    return `Read as ${arms}; files of equal name are the same prompt (${count(prompts.size, 'prompt')}).`;
  return `Read as ${arms}; files are named {prompt}-{index}: ${count(prompts.size, 'prompt')}, ${count(seeds.size, 'seed')}.`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
