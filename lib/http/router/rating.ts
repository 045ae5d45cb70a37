import { castVote } from '#lib/studies/rating/cast-vote.ts';
import { drawAssignments } from '#lib/studies/rating/draw-assignment.ts';
import { finishTraining } from '#lib/studies/rating/finish-training.ts';
import { joinStudy } from '#lib/studies/rating/join-study.ts';
import { leaveStudy } from '#lib/studies/rating/leave-study.ts';
import { reportBroken } from '#lib/studies/rating/report-broken.ts';
import { undoVote } from '#lib/studies/rating/undo-vote.ts';
import { base } from './base.ts';

export const ratingRouter = base.rating.router({
  join: base.rating.join.handler(async ({ context: { platform, rater }, input }) => {
    const { view, proof } = await joinStudy(platform, { ...input, known: rater.read(input.code) });
    rater.set(input.code, proof);
    return view;
  }),
  finishTraining: base.rating.finishTraining.handler(({ context: { platform, actor }, input }) =>
    finishTraining(platform, actor, input),
  ),
  draw: base.rating.draw.handler(({ context: { platform, actor, answer }, input }) => {
    // Sealed addresses don't shrink; trying to would take a twentieth of the time.
    answer.set('cache-control', 'no-store, no-transform');
    return drawAssignments(platform, actor, input);
  }),
  vote: base.rating.vote.handler(({ context: { platform, actor }, input }) =>
    castVote(platform, actor, input),
  ),
  undo: base.rating.undo.handler(({ context: { platform, actor }, input }) =>
    undoVote(platform, actor, input),
  ),
  reportBroken: base.rating.reportBroken.handler(({ context: { platform, actor }, input }) =>
    reportBroken(platform, actor, input),
  ),
  leave: base.rating.leave.handler(({ context: { platform, actor }, input }) =>
    leaveStudy(platform, actor, input),
  ),
});
