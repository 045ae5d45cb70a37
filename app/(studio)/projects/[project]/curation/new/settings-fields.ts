/** One setting of a scorer as a form shows it. What is edited is text, or a tick. */
export interface SettingField {
  name: string;
  title: string;
  hint: string | null;
  kind: 'tick' | 'number' | 'integer' | 'choice' | 'text' | 'words' | 'json';
  /** As it stands in the form at first. */
  initial: string | boolean;
  /** Of numbers; undefined where there is no end. */
  min: number | undefined;
  max: number | undefined;
  choices: readonly string[];
  isRequired: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** The fields of a form for settings that are described by JSON Schema, in its order. */
export function settingsFields(schema: Json): SettingField[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(asRecord(schema.properties)).map(([name, value]) =>
    fieldOf(name, asRecord(value), schema, required.includes(name)),
  );
}

/** The settings that stand in a form: what is as it was at first is left to its default. */
export function readSettings(
  fields: readonly SettingField[],
  values: Readonly<Record<string, string | boolean>>,
): { settings: Json; problem: string | null } {
  const settings: Record<string, unknown> = {};
  for (const field of fields) {
    const value = values[field.name] ?? field.initial;
    if (value === field.initial) continue;
    if (typeof value === 'boolean') settings[field.name] = value;
    else if (value.trim() === '' && field.kind !== 'json') {
      // Nothing written: its default.
    } else {
      const read = readText(field, value);
      if ('problem' in read) return { settings, problem: read.problem };
      settings[field.name] = read.value;
    }
  }
  const missing = fields.find(({ name, isRequired }) => isRequired && !(name in settings));
  return { settings, problem: missing ? `Fill in "${missing.title}".` : null };
}

function readText(field: SettingField, text: string): { value: unknown } | { problem: string } {
  switch (field.kind) {
    case 'number':
    case 'integer': {
      const value = Number(text);
      const fits = Number.isFinite(value) && (field.kind === 'number' || Number.isInteger(value));
      return fits ? { value } : { problem: `"${field.title}" has to be a number.` };
    }
    case 'words':
      return { value: text.split(/[\s,]+/).filter((word) => word !== '') };
    case 'json':
      try {
        return { value: JSON.parse(text) };
      } catch {
        return { problem: `"${field.title}" has to be JSON.` };
      }
    default:
      return { value: text };
  }
}

function fieldOf(name: string, given: Json, root: Json, isRequired: boolean): SettingField {
  const schema = resolved(given, root);
  const kind = kindOf(schema);
  const { default: initial } = { ...schema, ...given };
  return {
    name,
    title: String(given.title ?? schema.title ?? titleOf(name)),
    hint: textOf(given.description ?? schema.description),
    kind,
    initial: initialOf(kind, initial),
    min: numberOf(schema.minimum),
    max: numberOf(schema.maximum),
    choices: Array.isArray(schema.enum) ? schema.enum.map(String) : [],
    isRequired,
  };
}

/** Follows a reference into `$defs`. */
function resolved(schema: Json, root: Json): Json {
  if (typeof schema.$ref !== 'string') return schema;
  const name = schema.$ref.split('/').at(-1) ?? '';
  return asRecord(asRecord(root.$defs)[name]);
}

function kindOf(schema: Json): SettingField['kind'] {
  if (Array.isArray(schema.enum)) return 'choice';
  if (schema.type === 'boolean') return 'tick';
  if (schema.type === 'number' || schema.type === 'integer') return schema.type;
  if (schema.type === 'string') return 'text';
  if (schema.type === 'array' && asRecord(schema.items).type === 'string') return 'words';
  return 'json';
}

function initialOf(kind: SettingField['kind'], value: unknown): string | boolean {
  if (kind === 'tick') return value === true;
  if (value === undefined) return '';
  if (kind === 'words' && Array.isArray(value)) return value.join(', ');
  return kind === 'json' ? JSON.stringify(value, null, 2) : String(value);
}

/** `minSceneFrames` is `Min scene frames`. */
function titleOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function asRecord(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The ends that stand for no end at all are left out. */
function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}
