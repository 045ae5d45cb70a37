import * as z from 'zod';

export const roleSchema = z.enum(['rater', 'researcher', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** Everything that the product lets somebody do. Each endpoint and each page names one. */
export const permissionSchema = z.enum([
  // Nobody needs to be known for these.
  'public',
  // Held by a rater of this study, known by the study's signed cookie.
  'rating.take-part',
  // Held by any signed-in person.
  'account.own',
  // Held through the project that owns the resource.
  'project.read',
  'project.write',
  'project.manage',
  // Held by role alone.
  'project.create',
  'users.manage',
]);
export type Permission = z.infer<typeof permissionSchema>;

/** Lower-case words joined by hyphens: what addresses and files can carry. */
export const slugSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens');

export const emailSchema = z
  .email('write an e-mail address such as ada@example.org')
  .max(254, 'use at most 254 characters')
  .toLowerCase();
export const passwordSchema = z
  .string()
  .min(10, 'use at least 10 characters')
  .max(200, 'use at most 200 characters');

export const personNameSchema = z.string().trim().min(1, 'write a name').max(100);

export const accountSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
});
export type Account = z.infer<typeof accountSchema>;

export const userViewSchema = accountSchema.extend({
  isDisabled: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type UserView = z.infer<typeof userViewSchema>;

export const newUserSchema = z.object({
  email: emailSchema,
  name: personNameSchema,
  role: roleSchema,
  /** A first password, told to the person, who may change it. */
  password: passwordSchema,
});
export type NewUser = z.infer<typeof newUserSchema>;

export const userChangeSchema = z.object({
  name: personNameSchema.optional(),
  role: roleSchema.optional(),
  isDisabled: z.boolean().optional(),
  /** A new password, told to the person; ends every session of theirs. */
  password: passwordSchema.optional(),
});
export type UserChange = z.infer<typeof userChangeSchema>;

export const firstAdminSchema = z.object({
  name: personNameSchema,
  email: emailSchema,
  password: passwordSchema,
});
export type FirstAdmin = z.infer<typeof firstAdminSchema>;

export const projectNameSchema = z.string().trim().min(1, 'write a name').max(100);

export const projectViewSchema = z.object({
  slug: slugSchema,
  name: z.string(),
  createdAt: z.iso.datetime(),
  imports: z.int(),
  studies: z.int(),
  /** What the person who asks may do here, so that a page shows no button that would be refused. */
  canWrite: z.boolean(),
  canManage: z.boolean(),
});
export type ProjectView = z.infer<typeof projectViewSchema>;

export const newProjectSchema = z.object({
  name: projectNameSchema,
  /** Absent: made from the name. */
  slug: slugSchema.optional(),
});
export type NewProject = z.infer<typeof newProjectSchema>;

export const memberViewSchema = z.object({
  userId: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
});
export type MemberView = z.infer<typeof memberViewSchema>;
