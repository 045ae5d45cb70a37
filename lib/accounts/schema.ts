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

export const emailSchema = z.email('write an e-mail address such as ada@example.org').max(254);
export const passwordSchema = z
  .string()
  .min(10, 'use at least 10 characters')
  .max(200, 'use at most 200 characters');
