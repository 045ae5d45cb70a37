import { parse, stringify } from 'yaml';
import { type Mapping, mappingSchema, NUMBER_NAMES, RESERVED_NAMES } from '#lib/datasets/schema.ts';

/** A mapping while a person works on it: the path may still be empty. */
export type MappingDraft = Mapping;

export const EMPTY_MAPPING: MappingDraft = {
  path: '',
  numbers: {},
  scores: {},
  captions: {},
  texts: {},
};

const NAMED_ROLES = ['score', 'caption', 'text'] as const;
type NamedRole = (typeof NAMED_ROLES)[number];
const PARTS: Readonly<Record<NamedRole, 'scores' | 'captions' | 'texts'>> = {
  score: 'scores',
  caption: 'captions',
  text: 'texts',
};

export const ROLES = ['path', 'key', 'uid', ...NUMBER_NAMES, ...NAMED_ROLES] as const;
export type Role = (typeof ROLES)[number];

export interface RoleOfColumn {
  readonly role: Role;
  /** Its name in the canonical table, where that can be chosen. */
  readonly name: string | null;
}

export function isNamed(role: Role): role is NamedRole {
  return (NAMED_ROLES as readonly string[]).includes(role);
}

/** What a foreign column is taken as; null where it is left out. */
export function roleOf(draft: MappingDraft, column: string): RoleOfColumn | null {
  for (const role of ['path', 'key', 'uid'] as const)
    if (draft[role] === column) return { role, name: null };
  for (const role of NUMBER_NAMES) if (draft.numbers[role] === column) return { role, name: null };
  for (const role of NAMED_ROLES) {
    const found = Object.entries(draft[PARTS[role]]).find(([, from]) => from === column);
    if (found) return { role, name: found[0] };
  }
  return null;
}

/** The draft with a column in another role, or in none; whatever had a role of which there is one loses it. */
export function withRole(
  draft: MappingDraft,
  column: string,
  choice: { readonly role: Role; readonly name?: string } | null,
): MappingDraft {
  const { key, uid, ...rest } = draft;
  const without = (columns: Readonly<Record<string, string | undefined>>) =>
    Object.fromEntries(
      Object.entries(columns).filter((entry): entry is [string, string] => {
        const [, from] = entry;
        return from !== undefined && from !== column;
      }),
    );
  const cleared: MappingDraft = {
    ...rest,
    ...(key === undefined || key === column ? {} : { key }),
    ...(uid === undefined || uid === column ? {} : { uid }),
    path: draft.path === column ? '' : draft.path,
    numbers: without(draft.numbers),
    scores: without(draft.scores),
    captions: without(draft.captions),
    texts: without(draft.texts),
  };
  if (choice === null) return cleared;
  const { role } = choice;
  if (isNamed(role)) {
    const name = choice.name ?? freeName(cleared, column);
    return { ...cleared, [PARTS[role]]: { ...cleared[PARTS[role]], [name]: column } };
  }
  if (role === 'path' || role === 'key' || role === 'uid') return { ...cleared, [role]: column };
  return { ...cleared, numbers: { ...cleared.numbers, [role]: column } };
}

/** A name that the canonical table takes and that nothing has yet. */
export function freeName(draft: MappingDraft, column: string): string {
  const plain = column
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 50);
  const taken = new Set([
    ...RESERVED_NAMES,
    ...Object.values(PARTS).flatMap((part) => Object.keys(draft[part])),
  ]);
  const start = plain === '' ? 'column' : plain;
  for (let number = 1; ; number++) {
    const name = number === 1 ? start : `${start}_${number}`;
    if (!taken.has(name)) return name;
  }
}

/** What is wrong with a draft, by the foreign column or, for the rest, in general. */
export function draftProblems(draft: MappingDraft): {
  readonly byColumn: ReadonlyMap<string, string>;
  readonly general: readonly string[];
} {
  const byColumn = new Map<string, string>();
  const general: string[] = [];
  if (draft.path === '') general.push('Choose the column that holds the path of each clip.');
  const parsed = mappingSchema.safeParse({ ...draft, path: draft.path || 'path' });
  for (const issue of parsed.error?.issues ?? []) {
    const [part, name] = issue.path;
    const columns: Readonly<Record<string, string | undefined>> =
      part === 'scores' || part === 'captions' || part === 'texts' ? draft[part] : {};
    const column = columns[String(name)];
    const text = wordsOf(issue);
    if (column === undefined) general.push(`${issue.path.join('.')}: ${text}`);
    else byColumn.set(column, text);
  }
  return { byColumn, general };
}

interface Issue {
  readonly message: string;
  readonly code?: string | undefined;
}

/** What is wrong with a key of a record stands one level deeper. */
function wordsOf(issue: Issue): string {
  const inner = 'issues' in issue && Array.isArray(issue.issues) ? issue.issues[0] : undefined;
  const message: unknown = inner?.message;
  return typeof message === 'string' ? message : issue.message;
}

/** The draft as a person would write it. */
export function writeMapping(draft: MappingDraft): string {
  const parts = Object.entries(draft).filter(
    ([, value]) => typeof value === 'string' || Object.keys(value ?? {}).length > 0,
  );
  return stringify(Object.fromEntries(parts), { lineWidth: 0 });
}

export type ReadMapping =
  | { readonly kind: 'read'; readonly draft: MappingDraft }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** Reads what a person wrote. */
export function readMapping(text: string): ReadMapping {
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { kind: 'refused', problems: [line] };
  }
  const parsed = mappingSchema.safeParse(content);
  if (parsed.success) return { kind: 'read', draft: parsed.data };
  return {
    kind: 'refused',
    problems: parsed.error.issues.map((issue) => {
      const place = issue.path.join('.');
      return place === '' ? wordsOf(issue) : `${place}: ${wordsOf(issue)}`;
    }),
  };
}
