import { createHash } from 'node:crypto';
import type { SubsetDefinition } from './schema.ts';

/**
 * SHA-256 of the version's hash and a subset's rule: equal for the same clips by the same rule. The
 * rule is written as JSON with the names of each object in order and no spaces.
 */
export function definitionHash(versionHash: string, definition: SubsetDefinition): string {
  return createHash('sha256')
    .update(orderedJson({ definition, version: versionHash }))
    .digest('hex');
}

/** JSON with the names of every object in order: equal for equal values. */
export function orderedJson(value: unknown, indent?: number): string {
  const ordered = (_: string, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  return JSON.stringify(value, ordered, indent);
}
