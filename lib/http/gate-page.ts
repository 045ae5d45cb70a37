import { cookies } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import type { Actor } from '#lib/accounts/actor.ts';
import { authorize, authorizeProject } from '#lib/accounts/authorize.ts';
import { PAGES, type PagePath } from '#lib/accounts/pages.ts';
import type { ProjectPermission } from '#lib/accounts/permissions.ts';
import type { Permission } from '#lib/accounts/schema.ts';
import { AppError } from '#lib/core/errors.ts';
import { type Platform, platform } from '#lib/platform/platform.ts';
import { sessionActor, sessionCookieName } from './session.ts';

/**
 * The first line of every page: lets through who may see it by its rule of `PAGES`. Others go to
 * the sign-in page when signing in may help, and find no such page when it can't.
 *
 * @param params the values of the address's parts; a page of a project needs `project`.
 */
export async function gatePage(
  page: PagePath,
  params: Readonly<Record<string, string>> = {},
): Promise<void> {
  const permission: Permission = PAGES[page];
  if (permission === 'public') return;
  const doors = platform();
  try {
    const actor = await readActor(doors);
    authorize(actor, permission);
    if (isOfProject(permission)) {
      await authorizeProject(doors, actor, params.project ?? '', permission);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'UNAUTHENTICATED') {
      redirect(`/sign-in?next=${encodeURIComponent(fillIn(page, params))}`);
    }
    notFound();
  }
}

/** Whether the person who opens a public page is signed in. */
export async function isSignedIn(): Promise<boolean> {
  return (await readActor(platform())).kind === 'user';
}

async function readActor(doors: Platform): Promise<Actor> {
  const cookie = (await cookies()).get(sessionCookieName(doors.environment))?.value;
  return sessionActor(doors, cookie);
}

function isOfProject(permission: Permission): permission is ProjectPermission {
  return ['project.read', 'project.write', 'project.manage'].includes(permission);
}

function fillIn(page: string, params: Readonly<Record<string, string>>): string {
  return page.replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}
