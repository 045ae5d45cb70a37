import * as z from 'zod';
import { endpoint } from '#lib/core/endpoint.ts';
import {
  accountSchema,
  emailSchema,
  firstAdminSchema,
  memberViewSchema,
  newProjectSchema,
  newUserSchema,
  passwordSchema,
  projectNameSchema,
  projectViewSchema,
  roleSchema,
  slugSchema,
  userChangeSchema,
  userViewSchema,
} from './schema.ts';

const own = endpoint.meta({ permission: 'account.own' });
const users = endpoint.meta({ permission: 'users.manage' });
const manage = endpoint.meta({ permission: 'project.manage' });
const project = z.object({ project: slugSchema });
const done = z.object({ done: z.literal(true) });

/** The person who asks, and the link that makes the first admin. */
export const accountContract = {
  me: own.route({ method: 'GET', path: '/me', summary: 'Who I am' }).output(accountSchema),
  changePassword: own
    .route({
      method: 'POST',
      path: '/me/password',
      summary: 'Change my password and end my other sessions',
    })
    .input(z.object({ current: z.string().max(200), next: passwordSchema }))
    .output(done),
  createFirstAdmin: endpoint
    .meta({ permission: 'public' })
    .route({ method: 'POST', path: '/setup/{token}', summary: 'Make the first admin, once' })
    .input(z.object({ token: z.string().min(1).max(200) }).extend(firstAdminSchema.shape))
    .output(accountSchema),
};

/** Everybody with an account; for admins. */
export const usersContract = {
  list: users
    .route({ method: 'GET', path: '/users', summary: 'List all users' })
    .output(z.array(userViewSchema)),
  create: users
    .route({ method: 'POST', path: '/users', summary: 'Create a user', successStatus: 201 })
    .input(newUserSchema)
    .output(userViewSchema),
  change: users
    .route({
      method: 'PATCH',
      path: '/users/{userId}',
      summary: "Change a user's name, role or password, or disable the user",
    })
    .input(z.object({ userId: z.uuid() }).extend(userChangeSchema.shape))
    .output(userViewSchema),
};

/** Projects own everything else; rights come through them. */
export const projectsContract = {
  list: own
    .route({ method: 'GET', path: '/projects', summary: 'List the projects that I may see' })
    .output(z.array(projectViewSchema)),
  create: endpoint
    .meta({ permission: 'project.create' })
    .route({ method: 'POST', path: '/projects', summary: 'Create a project', successStatus: 201 })
    .input(newProjectSchema)
    .output(projectViewSchema),
  get: endpoint
    .meta({ permission: 'project.read' })
    .route({ method: 'GET', path: '/projects/{project}', summary: 'Get one project' })
    .input(project)
    .output(projectViewSchema),
  rename: manage
    .route({ method: 'PATCH', path: '/projects/{project}', summary: 'Rename a project' })
    .input(project.extend({ name: projectNameSchema }))
    .output(projectViewSchema),
  members: endpoint
    .meta({ permission: 'project.read' })
    .route({ method: 'GET', path: '/projects/{project}/members', summary: 'List the members' })
    .input(project)
    .output(z.array(memberViewSchema)),
  setMember: manage
    .route({
      method: 'PUT',
      path: '/projects/{project}/members',
      summary: 'Add a member by e-mail address, or change their role',
    })
    .input(project.extend({ email: emailSchema, role: roleSchema }))
    .output(memberViewSchema),
  removeMember: manage
    .route({
      method: 'DELETE',
      path: '/projects/{project}/members/{userId}',
      summary: 'Remove a member',
    })
    .input(project.extend({ userId: z.uuid() }))
    .output(done),
};
