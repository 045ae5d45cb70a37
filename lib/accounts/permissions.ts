import type { Actor } from './actor.ts';
import type { Permission, Role } from './schema.ts';

/**
 * How an actor holds a permission: `always`; `by-membership`, so the project that owns the resource
 * decides (`mayInProject`); `by-study`, so the study decides; `never`.
 */
export type Grant = 'always' | 'by-membership' | 'by-study' | 'never';

/** What an actor is before any resource is looked at. */
export type Standing = Exclude<Actor['kind'], 'user' | 'rater'> | 'study-rater' | Role;

const EVERYBODY = {
  anonymous: 'always',
  'study-rater': 'always',
  rater: 'always',
  researcher: 'always',
  admin: 'always',
  system: 'always',
} as const;
const SIGNED_IN = { ...EVERYBODY, anonymous: 'never', 'study-rater': 'never' } as const;
const STUDIO = { ...SIGNED_IN, rater: 'never', researcher: 'by-membership' } as const;

/** The one table of rights: action x standing. */
export const GRANTS: Readonly<Record<Permission, Readonly<Record<Standing, Grant>>>> = {
  public: EVERYBODY,
  'rating.take-part': {
    anonymous: 'never',
    'study-rater': 'by-study',
    // People with an account rate as raters, too: with the signed cookie of the study.
    rater: 'never',
    researcher: 'never',
    admin: 'never',
    system: 'always',
  },
  'account.own': { ...SIGNED_IN, system: 'never' },
  'project.read': STUDIO,
  'project.write': STUDIO,
  'project.manage': STUDIO,
  'project.create': { ...STUDIO, researcher: 'always' },
  'users.manage': { ...STUDIO, researcher: 'never' },
};

export type ProjectPermission = 'project.read' | 'project.write' | 'project.manage';

/** What a member's role in a project allows in it. A rater sees nothing: studies are blind. */
export const MEMBER_GRANTS: Readonly<Record<ProjectPermission, Readonly<Record<Role, boolean>>>> = {
  'project.read': { rater: false, researcher: true, admin: true },
  'project.write': { rater: false, researcher: true, admin: true },
  'project.manage': { rater: false, researcher: false, admin: true },
};

/** The row of the table that an actor is in. */
export function standingOf(actor: Actor): Standing {
  if (actor.kind === 'user') return actor.role;
  return actor.kind === 'rater' ? 'study-rater' : actor.kind;
}

/** How this actor holds a permission. */
export function grantOf(actor: Actor, permission: Permission): Grant {
  return GRANTS[permission][standingOf(actor)];
}

/**
 * Whether an actor may do this in a project.
 *
 * @param memberRole the actor's role in that project; null for somebody who is not a member.
 */
export function mayInProject(
  actor: Actor,
  permission: ProjectPermission,
  memberRole: Role | null,
): boolean {
  const grant = grantOf(actor, permission);
  if (grant === 'by-membership') {
    return memberRole !== null && MEMBER_GRANTS[permission][memberRole];
  }
  return grant === 'always';
}
