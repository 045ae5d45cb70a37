import type { Role } from '#lib/accounts/schema.ts';

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  rater: 'Rater',
  researcher: 'Researcher',
  admin: 'Admin',
};

/** What each role is for, in the words of the form. */
export const ROLE_HINTS: Readonly<Record<Role, string>> = {
  rater: 'Rates videos and sees no studies.',
  researcher: 'Creates projects and works in those they are a member of.',
  admin: 'Sees every project and manages users.',
};
