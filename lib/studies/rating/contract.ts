import * as z from 'zod';
import { endpoint } from '#lib/core/endpoint.ts';
import {
  assignmentViewSchema,
  drawViewSchema,
  ratingStudyViewSchema,
  sessionViewSchema,
  voteInputSchema,
  voteReceiptSchema,
} from './schema.ts';

const code = z.object({ code: z.string().min(8).max(64) });
const lent = code.extend({ assignmentId: z.uuid() });
const rating = endpoint.meta({ permission: 'rating.take-part' });

/** What the rating screen calls. `code` is the secret part of the study's link. */
export const ratingContract = {
  /** Joins the study (or finds the rater by the signed cookie, which the answer sets). */
  join: endpoint
    .meta({ permission: 'public' })
    .route({ method: 'POST', path: '/rate/{code}/join', summary: 'Join a study as a rater' })
    .input(
      code.extend({
        locale: z.enum(['en', 'zh']).optional(),
        /** Starts the next session of a rater whose last one is served. */
        again: z.boolean().optional(),
      }),
    )
    .output(ratingStudyViewSchema),
  finishTraining: rating
    .route({
      method: 'POST',
      path: '/rate/{code}/training',
      summary: 'Say that the training was seen',
    })
    .input(code)
    .output(z.object({ trained: z.literal(true) })),
  /** The open leases of this rater, filled up to two. Calling again draws nothing new. */
  draw: rating
    .route({ method: 'POST', path: '/rate/{code}/draw', summary: 'Get the pairs to rate' })
    .input(code)
    .output(drawViewSchema),
  vote: rating
    .route({ method: 'POST', path: '/rate/{code}/votes', summary: 'Cast a vote' })
    .input(code.extend(voteInputSchema.shape))
    .output(voteReceiptSchema),
  /** Takes the last vote back; the comparison comes again as the next attempt. */
  undo: rating
    .route({ method: 'POST', path: '/rate/{code}/undo', summary: 'Take the last vote back' })
    .input(lent.extend({ question: z.int().min(0).max(20) }))
    .output(z.object({ assignment: assignmentViewSchema, session: sessionViewSchema })),
  /** A broken video is never a vote; the pair is given back. */
  reportBroken: rating
    .route({ method: 'POST', path: '/rate/{code}/broken', summary: 'Report a broken video' })
    .input(
      lent.extend({
        side: z.enum(['left', 'right', 'both']),
        note: z.string().max(500).optional(),
      }),
    )
    .output(z.object({ reported: z.literal(true) })),
  /** Gives all open leases back, for a rater who leaves. */
  leave: rating
    .route({ method: 'POST', path: '/rate/{code}/leave', summary: 'Give the open pairs back' })
    .input(code)
    .output(z.object({ returned: z.int() })),
};
