import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/accounts/actor.ts';
import type { Role } from '#lib/accounts/schema.ts';
import { sealProof } from '#lib/http/rater-cookie.ts';
import { sealSession, sessionCookieName } from '#lib/http/session.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { apiOf } from '#tests/factories/api.ts';
import { makeStudy, type TestStudy } from '#tests/factories/study.ts';
import { createTestUser } from '#tests/factories/users.ts';

/** Somebody who calls, and what the tables say that they are. */
export interface Caller {
  readonly name: string;
  readonly cookie: string | undefined;
  readonly actor: Actor;
  /** The role in the project that is asked about. */
  readonly memberRole: Role | null;
}

export interface Scene {
  readonly study: TestStudy;
  /** From the weakest to the strongest, since what the strong may do changes the scene. */
  readonly callers: readonly Caller[];
}

const ANONYMOUS: Actor = { kind: 'anonymous' };

/** One project with a study, and everybody who could knock at it. */
export async function setScene(platform: Platform): Promise<Scene> {
  const study = await makeStudy(platform);
  const { id: projectId } = await platform.database.project.findUniqueOrThrow({
    where: { slug: study.project },
  });
  const withRole = async (name: string, role: Role, memberRole: Role | null): Promise<Caller> => {
    const user = await createTestUser(platform, role);
    if (memberRole !== null) {
      await platform.database.projectMember.create({
        data: { projectId, userId: user.id, role: memberRole },
      });
    }
    return { name, cookie: user.cookie, actor: user.actor, memberRole };
  };
  const nobody = (name: string, cookie: string | undefined): Caller => ({
    name,
    cookie,
    actor: ANONYMOUS,
    memberRole: null,
  });

  const other = await makeStudy(platform);
  const gone = await createTestUser(platform, 'admin');
  await platform.database.user.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
  const ended = await createTestUser(platform, 'admin');
  await platform.database.user.update({
    where: { id: ended.id },
    data: { sessionVersion: { increment: 1 } },
  });
  const admin = await withRole('an admin', 'admin', null);
  const adminId = admin.actor.kind === 'user' ? admin.actor.userId : '';
  const session = { userId: adminId, sessionVersion: 1 };
  const sessionCookie = sessionCookieName(platform.environment);
  const foreignSession = await sealSession('a secret of somebody else, also long enough', session);
  const raterCookie = await joinByApi(platform, study);
  const raterValue = raterCookie.split('=')[1] ?? '';

  return {
    study,
    callers: [
      nobody('nobody', undefined),
      nobody('a made-up session', `${sessionCookie}=made-up`),
      nobody("another server's session", `${sessionCookie}=${foreignSession}`),
      nobody('a rater cookie as a session', `${sessionCookie}=${raterValue}`),
      nobody('a disabled admin', gone.cookie),
      nobody('an ended session', ended.cookie),
      nobody('a rater of another study', await joinByApi(platform, other)),
      nobody(
        "another study's cookie under this one's name",
        `${raterCookie.split('=')[0]}=${sealProof(platform.secret, other.joinCode, {
          raterId: randomUUID(),
          studyId: study.id,
        })}`,
      ),
      {
        name: 'a rater of this study',
        cookie: raterCookie,
        actor: { kind: 'rater', raterId: '', studyId: study.id },
        memberRole: null,
      },
      await withRole('a rater with an account', 'rater', null),
      await withRole('a rater who is called a project admin', 'rater', 'admin'),
      await withRole('a stranger', 'researcher', null),
      await withRole('a rater member', 'researcher', 'rater'),
      await withRole('a member', 'researcher', 'researcher'),
      await withRole('a project admin', 'researcher', 'admin'),
      admin,
    ],
  };
}

/** The cookie of a new rater of a study. */
async function joinByApi(platform: Platform, study: TestStudy): Promise<string> {
  const { headers } = await apiOf(platform)('POST', `/rate/${study.joinCode}/join`, { body: {} });
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}
