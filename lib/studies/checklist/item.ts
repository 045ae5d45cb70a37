import type { ChecklistItem, FixPlace } from './schema.ts';

const MAX_NAMES = 20;

/** No item for an empty list of names. */
export function item(
  code: ChecklistItem['code'],
  severity: ChecklistItem['severity'],
  fix: FixPlace,
  names: readonly string[],
  message: string,
): ChecklistItem[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, MAX_NAMES);
  return [{ code, severity, fix, message, names: shown, more: names.length - shown.length }];
}

/** An item that names nothing. */
export function itemIf(
  isSet: boolean,
  code: ChecklistItem['code'],
  severity: ChecklistItem['severity'],
  fix: FixPlace,
  message: string,
): ChecklistItem[] {
  return isSet ? [{ code, severity, fix, message, names: [], more: 0 }] : [];
}
