import { stringify } from 'yaml';
import { type StudySpec, studySpecSchema } from '../schema.ts';

type Tree = Record<string, unknown>;

/**
 * Writes a study as YAML that `parseSpec` reads back to the same study. Settings at their defaults
 * are left out, so that the text shows what was decided.
 */
export function writeSpec(spec: StudySpec): string {
  const defaults = studySpecSchema.parse({
    slug: spec.slug,
    title: spec.title,
    kind: spec.kind,
    import: 'x',
    arms: [{ name: 'a' }, { name: 'b' }],
    prompts: [{ key: 'p', text: '' }],
  });
  const kept = withoutDefaults(spec, { ...defaults, slug: '', title: '', kind: '', import: '' });
  return stringify(
    {
      ...kept,
      arms: spec.arms.map((arm) =>
        withoutDefaults(arm, { name: '', level: null, hyperparameters: {} }),
      ),
      prompts: spec.prompts.map((prompt) =>
        withoutDefaults(prompt, { key: '', text: null, images: [], tags: [] }),
      ),
    },
    { lineWidth: 100, aliasDuplicateObjects: false },
  );
}

function withoutDefaults(value: Tree, defaults: Tree): Tree {
  const kept: Tree = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const standard = defaults[key];
    if (JSON.stringify(item) === JSON.stringify(standard)) continue;
    kept[key] = isTree(item) && isTree(standard) ? withoutDefaults(item, standard) : item;
  }
  return kept;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
