import type { Role } from './schema.ts';

/**
 * Who asks. Minted by the session gate (`lib/http`), by the command line and by the worker; a use
 * case trusts it and checks its right to the resource itself.
 */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly userId: string; readonly role: Role }
  /** A rater inside one study, proved by the signed cookie of that study. */
  | { readonly kind: 'rater'; readonly raterId: string; readonly studyId: number }
  /** The person at the machine (command line) or the worker: may do everything. */
  | { readonly kind: 'system'; readonly name: string };
