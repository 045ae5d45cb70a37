import * as z from 'zod';
import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { CUT_VERSION, cutSettings } from './scenes/settings.ts';
import { type ScorerView, scorerViewSchema } from './schema.ts';
import { SCORERS } from './scorers/registry.ts';
import type { Scorer } from './scorers/scorer.ts';
import { CUT_COLUMNS } from './units/cut-columns.ts';

/** What runs can be made of, and where their videos may lie on the server. */
export async function listScorers(
  platform: Pick<Platform, 'database' | 'environment'>,
  actor: Actor,
  project: string,
): Promise<{ cutter: ScorerView; scorers: ScorerView[]; importRoots: string[] }> {
  await authorizeProject(platform, actor, project, 'project.read');
  return {
    cutter: {
      name: 'cut',
      title: 'Cut into clips',
      description:
        'Finds where one scene ends and the next begins, and writes each scene as a clip of its own.',
      version: CUT_VERSION,
      settings: settingsView(cutSettings),
      columns: CUT_COLUMNS.map(({ name, type }) => ({
        name,
        kind: type === 'VARCHAR' ? ('text' as const) : ('number' as const),
        description: '',
        unit: null,
      })),
      reads: [],
    },
    scorers: SCORERS.map(scorerView),
    importRoots: [...platform.environment.importRoots],
  };
}

function scorerView(scorer: Scorer<unknown>): ScorerView {
  const { name, title, description, version } = scorer;
  const defaults = scorer.settings.safeParse({});
  return {
    name,
    title,
    description,
    version,
    settings: settingsView(scorer.settings),
    columns: defaults.success
      ? scorer.columns(defaults.data).map((column) => ({ ...column, unit: column.unit ?? null }))
      : [],
    reads: defaults.success ? [...scorer.reads(defaults.data)] : [],
  };
}

/** The settings as JSON Schema; each default is written out in full. */
function settingsView(schema: z.ZodType): ScorerView['settings'] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const defaults = schema.safeParse({});
  const values = defaults.success ? Object.entries(Object(defaults.data)) : [];
  for (const [name, value] of values) {
    const property = json.properties?.[name];
    if (typeof property === 'object') property.default = value as typeof property.default;
  }
  return scorerViewSchema.shape.settings.parse(JSON.parse(JSON.stringify(json)));
}
