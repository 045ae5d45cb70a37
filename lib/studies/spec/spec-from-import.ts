import type { RenditionProfile, StudySpec, StudySpecInput } from '../schema.ts';
import { studySpecSchema } from '../schema.ts';
import { guessLevels } from './guess-levels.ts';

/** What a study can be made of, as an import has it. Only accepted videos. */
export interface ImportContents {
  readonly slug: string;
  readonly name: string;
  readonly kind: 'video' | 'caption';
  /** Models, or captioners. */
  readonly models: readonly string[];
  readonly prompts: readonly { readonly key: string; readonly text: string | null }[];
  /** Sizes and rates of the videos with how often each occurs. */
  readonly formats: readonly {
    readonly width: number;
    readonly height: number;
    readonly fps: number;
    readonly count: number;
  }[];
}

/** What a spec may hold; an import may hold more. */
const MAX_ARMS = 300;
const MAX_PROMPTS = 5000;

/**
 * A study of everything in an import, for a person to correct: an arm a model, a prompt a key, levels
 * guessed from the names, the most frequent size and frame rate as the common form.
 */
export function specFromImport(contents: ImportContents): StudySpec {
  const models = [...contents.models].sort(naturally).slice(0, MAX_ARMS);
  const guess = contents.kind === 'video' ? guessLevels(models) : null;
  const input: StudySpecInput = {
    slug: contents.slug,
    title: contents.name,
    kind: contents.kind,
    import: contents.slug,
    axis: guess?.axis ?? null,
    arms: models.map((name, index) => ({ name, level: guess?.levels[index] ?? null })),
    prompts: [...contents.prompts]
      .sort((a, b) => naturally(a.key, b.key))
      .slice(0, MAX_PROMPTS)
      .map(({ key, text }) => ({ key, text: text?.trim() ?? '' })),
    rendition: commonForm(contents.formats),
  };
  return studySpecSchema.parse(input);
}

/** The most frequent original format, brought within what a rendition may be. */
export function commonForm(
  formats: ImportContents['formats'],
): Partial<Pick<RenditionProfile, 'width' | 'height' | 'fps'>> {
  const [first] = [...formats].sort((a, b) => b.count - a.count || b.width - a.width);
  if (!first) return {};
  const scale = Math.min(1, 1280 / Math.max(first.width, first.height));
  const side = (pixels: number) =>
    Math.min(1920, Math.max(64, Math.floor((pixels * scale + 0.01) / 2) * 2));
  return {
    width: side(first.width),
    height: side(first.height),
    fps: Math.min(60, Math.max(1, Math.round(first.fps * 1000) / 1000)),
  };
}

function naturally(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
