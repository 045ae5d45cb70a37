import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { excludeRater } from '#lib/studies/quality/exclude-rater.ts';
import { includeRater } from '#lib/studies/quality/include-rater.ts';
import { expireLeases } from '#lib/studies/rating/expire-leases.ts';
import { reportBroken } from '#lib/studies/rating/report-broken.ts';
import type { AssignmentView, VoteInput, VoteReceipt } from '#lib/studies/rating/schema.ts';
import { raterPseudonym } from '#lib/studies/votes/rater-pseudonym.ts';
import { expectSoundCells } from '#tests/factories/cells.ts';
import { makeClock } from '#tests/factories/clock.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { joinAsRater, type TestRater, voteOn } from '#tests/factories/rater.ts';
import { makeStudy } from '#tests/factories/study.ts';

const clock = makeClock();
const platform = await openTestPlatform({ clock });

const ACTIONS = [
  ...(['draw', 'vote', 'vote', 'old', 'undo', 'leave', 'broken', 'expire'] as const),
  'exclude' as const,
];
const researcher: Actor = { kind: 'system', name: 'test' };
const step = fc.record({
  rater: fc.nat(2),
  action: fc.constantFrom(...ACTIONS),
  choice: fc.nat(20),
  outcome: fc.constantFrom('left' as const, 'right' as const, 'tie' as const),
});

interface Memory {
  readonly rater: TestRater;
  readonly seen: Map<string, AssignmentView>;
  readonly receipts: Map<string, VoteReceipt>;
  last: VoteInput | undefined;
}

/** Coded refusals are right answers here; everything else is not. */
async function orRefusal<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

async function vote(memory: Memory, input: VoteInput): Promise<void> {
  const key = `${input.assignmentId} ${input.question}`;
  const receipt = await orRefusal(memory.rater.vote(input));
  const before = memory.receipts.get(key);
  if (before !== undefined) expect(receipt).toEqual(before);
  if (receipt === undefined || before !== undefined) return;
  memory.receipts.set(key, receipt);
  memory.last = input;
}

test.each(['one', 'all'] as const)(
  'V1: random sequences of everything that raters do keep every count right (%s)',
  async (questionMode) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const study = await makeStudy(platform, {
          arms: ['one', 'two'],
          prompts: 3,
          spec: { votesPerCell: 2, questionMode, leaseSeconds: 60 },
        });
        const memories: Memory[] = [];
        for (let index = 0; index < 3; index++)
          memories.push({
            rater: await joinAsRater(platform, study.joinCode),
            seen: new Map(),
            receipts: new Map(),
            last: undefined,
          });
        for (const { rater, action, choice, outcome } of steps) {
          const memory = memories[rater] as Memory;
          const known = [...memory.seen.values()];
          const some = known[choice % Math.max(1, known.length)];
          switch (action) {
            case 'draw': {
              const { assignments } = await memory.rater.draw();
              expect(assignments.length).toBeLessThanOrEqual(2);
              for (const assignment of assignments) memory.seen.set(assignment.id, assignment);
              break;
            }
            case 'vote':
            case 'old':
              if (some === undefined) break;
              await vote(memory, {
                ...voteOn(some, { outcome }),
                question: some.questions[choice % some.questions.length] ?? 0,
              });
              break;
            case 'undo': {
              if (memory.last === undefined) break;
              const undone = await orRefusal(memory.rater.undo(memory.last));
              if (undone === undefined) break;
              expect(await memory.rater.undo(memory.last)).toEqual(undone);
              memory.seen.set(undone.assignment.id, undone.assignment);
              break;
            }
            case 'leave':
              await memory.rater.leave();
              break;
            case 'broken':
              if (some === undefined) break;
              await orRefusal(
                reportBroken(platform, memory.rater.actor, {
                  code: study.joinCode,
                  assignmentId: some.id,
                  side: 'both',
                }),
              );
              break;
            case 'exclude': {
              const { raterId } = memory.rater.actor;
              const input = {
                project: study.project,
                study: study.slug,
                rater: raterPseudonym(study.id, raterId),
                reason: 'A try.',
              };
              const excluded = await orRefusal(
                excludeRater(platform, researcher, { ...input, because: 'other' }),
              );
              if (excluded === undefined) await includeRater(platform, researcher, input);
              break;
            }
            case 'expire':
              clock.pass(choice * 6);
              await expireLeases(platform, { studyId: study.id });
          }
          await expectSoundCells(platform, study.id);
        }
        const sessions = await platform.database.raterSession.findMany({
          where: { rater: { studyId: study.id } },
          include: { rater: true },
        });
        for (const session of sessions) expect(session.donePairs).toBe(session.rater.credited);
        const open = await platform.database.assignment.groupBy({
          by: ['raterId'],
          where: { studyId: study.id, state: 'leased' },
          _count: true,
        });
        for (const { _count } of open) expect(_count).toBeLessThanOrEqual(2);
      }),
      { numRuns: 15, seed: 20260301 },
    );
  },
);
