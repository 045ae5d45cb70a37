import * as z from 'zod';

/** The text of a paper about a snapshot. */
export const methodsViewSchema = z.object({
  /** With citations as Pandoc reads them. */
  markdown: z.string(),
  latex: z.string(),
  /** Of the works that are cited. */
  bibtex: z.string(),
  tables: z.array(z.object({ name: z.string(), caption: z.string(), latex: z.string() })),
});
export type MethodsView = z.infer<typeof methodsViewSchema>;
