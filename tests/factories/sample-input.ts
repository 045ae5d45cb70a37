import * as z from 'zod';

type Json = Readonly<Record<string, unknown>>;

/** Values that mean something in the tested database, by the property's name. */
export type KnownValues = Readonly<Record<string, unknown>>;

/**
 * The smallest input that a schema takes: required properties only, the first of each choice.
 * Properties in `known` take their value from there.
 */
export function sampleInput(schema: z.ZodType, known: KnownValues): Json {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return sampleOf(json, json, known) as Json;
}

function sampleOf(schema: Json, root: Json, known: KnownValues): unknown {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return sampleOf((root.$defs as Record<string, Json>)[name] ?? {}, root, known);
  }
  if ('const' in schema) return schema.const;
  if ('default' in schema) return schema.default;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (choice?.[0]) return sampleOf(choice[0], root, known);
  if (Array.isArray(schema.allOf)) {
    return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part as Json, root, known)));
  }
  switch (schema.type) {
    case 'object': {
      const properties = (schema.properties ?? {}) as Record<string, Json>;
      const required = (schema.required ?? []) as string[];
      return Object.fromEntries(
        required.map((name) => [
          name,
          name in known ? known[name] : sampleOf(properties[name] ?? {}, root, known),
        ]),
      );
    }
    case 'array':
      return Array.from({ length: Number(schema.minItems ?? 0) }, () =>
        sampleOf((schema.items ?? {}) as Json, root, known),
      );
    case 'integer':
    case 'number':
      return Math.max(0, Number(schema.minimum ?? 0));
    case 'boolean':
      return false;
    case 'string':
      return sampleString(schema);
    default:
      return null;
  }
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '0190a0a0-0000-7000-8000-000000000000',
  email: 'nobody@example.org',
  'date-time': '2026-01-01T00:00:00Z',
  uri: 'https://example.org/',
};

function sampleString({ format, minLength }: Json): string | File {
  if (format === 'binary') return new File(['no picture'], 'file.bin');
  return BY_FORMAT[String(format)] ?? 'a'.repeat(Number(minLength ?? 1));
}
