import { changePassword } from '#lib/accounts/change-password.ts';
import { changeUser } from '#lib/accounts/change-user.ts';
import { createFirstAdmin } from '#lib/accounts/create-first-admin.ts';
import { createProject } from '#lib/accounts/create-project.ts';
import { createUser } from '#lib/accounts/create-user.ts';
import { listProjects } from '#lib/accounts/list-projects.ts';
import { listUsers } from '#lib/accounts/list-users.ts';
import { listMembers, removeMember, setMember } from '#lib/accounts/project-members.ts';
import { readAccount } from '#lib/accounts/read-account.ts';
import { readProject } from '#lib/accounts/read-project.ts';
import { renameProject } from '#lib/accounts/rename-project.ts';
import { sessionCookieLine } from '../session.ts';
import { base } from './base.ts';

export const accountRouter = base.account.router({
  me: base.account.me.handler(({ context: { platform, actor } }) => readAccount(platform, actor)),
  changePassword: base.account.changePassword.handler(async ({ context, input }) => {
    const session = await changePassword(context.platform, context.actor, input);
    context.answer.append('set-cookie', await sessionCookieLine(context.platform, session));
    return { done: true };
  }),
  createFirstAdmin: base.account.createFirstAdmin.handler(({ context: { platform }, input }) =>
    createFirstAdmin(platform, input),
  ),
});

export const usersRouter = base.users.router({
  list: base.users.list.handler(({ context: { platform, actor } }) => listUsers(platform, actor)),
  create: base.users.create.handler(({ context: { platform, actor }, input }) =>
    createUser(platform, actor, input),
  ),
  change: base.users.change.handler(({ context: { platform, actor }, input }) =>
    changeUser(platform, actor, input),
  ),
});

export const projectsRouter = base.projects.router({
  list: base.projects.list.handler(({ context: { platform, actor } }) =>
    listProjects(platform, actor),
  ),
  create: base.projects.create.handler(({ context: { platform, actor }, input }) =>
    createProject(platform, actor, input),
  ),
  get: base.projects.get.handler(({ context: { platform, actor }, input }) =>
    readProject(platform, actor, input.project),
  ),
  rename: base.projects.rename.handler(({ context: { platform, actor }, input }) =>
    renameProject(platform, actor, input),
  ),
  members: base.projects.members.handler(({ context: { platform, actor }, input }) =>
    listMembers(platform, actor, input.project),
  ),
  setMember: base.projects.setMember.handler(({ context: { platform, actor }, input }) =>
    setMember(platform, actor, input),
  ),
  removeMember: base.projects.removeMember.handler(
    async ({ context: { platform, actor }, input }) => {
      await removeMember(platform, actor, input);
      return { done: true };
    },
  ),
});
