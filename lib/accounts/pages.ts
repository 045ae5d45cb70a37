import type { Permission } from './schema.ts';

/** Every page, by its address. A page file that is missing here, or the reverse, fails a test. */
export const PAGES = {
  '/': 'account.own',
  '/rate/[code]': 'public',
  '/sign-in': 'public',
  '/setup/[token]': 'public',
  '/account': 'account.own',
  '/users': 'users.manage',
  '/projects/[project]': 'project.read',
  '/projects/[project]/datasets': 'project.read',
  '/projects/[project]/datasets/new': 'project.write',
  '/projects/[project]/datasets/[dataset]': 'project.read',
  '/projects/[project]/datasets/[dataset]/clips': 'project.read',
  '/projects/[project]/curation': 'project.read',
  '/projects/[project]/curation/new': 'project.write',
  '/projects/[project]/curation/[run]': 'project.read',
  '/projects/[project]/datasets/[dataset]/axes/new': 'project.write',
  '/projects/[project]/datasets/[dataset]/axes/[axis]': 'project.read',
  '/projects/[project]/imports': 'project.read',
  '/projects/[project]/imports/new': 'project.write',
  '/projects/[project]/imports/[import]': 'project.read',
  '/projects/[project]/members': 'project.read',
  '/projects/[project]/reports': 'project.read',
  '/projects/[project]/studies': 'project.read',
  '/projects/[project]/studies/new': 'project.write',
  '/projects/[project]/studies/[study]': 'project.read',
  '/projects/[project]/studies/[study]/edit': 'project.write',
  '/projects/[project]/studies/[study]/grid': 'project.read',
  '/projects/[project]/studies/[study]/comparisons': 'project.read',
  '/projects/[project]/studies/[study]/report': 'project.read',
  '/projects/[project]/studies/[study]/raters': 'project.read',
} as const satisfies Readonly<Record<string, Permission>>;

/**
 * Every route handler, by its address. `/api/v1` checks each procedure by its contract; `/api/auth`
 * is next-auth's own; both are public here.
 */
export const ROUTES = {
  '/api/v1/[[...rest]]': 'public',
  '/api/auth/[...nextauth]': 'public',
  '/api/health': 'public',
  '/api/uploads/[project]/[import]': 'project.write',
  '/api/media/videos/[video]/[medium]': 'project.read',
  '/api/media/clips/[project]/[dataset]/[version]/[uid]': 'project.read',
  // The sealed token in the address is the right.
  '/api/media/[token]': 'public',
  // For researchers; the use case finds the project that owns it.
  '/api/media/rendition/[id]/[medium]': 'project.read',
  '/api/media/picture/[project]/[hash]': 'project.read',
} as const satisfies Readonly<Record<string, Permission>>;

export type PagePath = keyof typeof PAGES;
export type RoutePath = keyof typeof ROUTES;
