import { randomUUID } from 'node:crypto';
import { seededRandom } from '#lib/core/random.ts';
import type { Transaction } from '#lib/platform/database/client.ts';
import { pickAdaptive } from './pick-adaptive.ts';
import { pickCheck, pickRepeat, pickTrial } from './pick-check.ts';
import { type Pick, type PickInput, pickRegular } from './pick-regular.ts';
import type { RaterRow, SessionRow } from './rater-gate.ts';
import type { EndView } from './schema.ts';
import { planSession } from './session-plan.ts';
import { drawSides } from './sides.ts';
import type { StudySettings } from './study-settings.ts';

/** The pair on the screen and the preloaded one. */
export const MAX_LEASES = 2;

export type LendStep =
  /** One pair was lent; `hasRoom` says whether another may be. */
  | { readonly kind: 'lent'; readonly hasRoom: boolean }
  /** The rater holds all that it may hold now. */
  | { readonly kind: 'full' }
  /** A cell was filled by others in between: ask again. */
  | { readonly kind: 'raced' }
  | { readonly kind: 'end'; readonly reason: EndView['reason'] };

/**
 * Lends the rater its next pair, if there is one; the caller's transaction has locked the rater and
 * read the session since. Locks at most one comparison.
 */
export async function lendNext(
  transaction: Transaction,
  rater: RaterRow,
  session: SessionRow,
  settings: StudySettings,
  now: Date,
  waits: boolean,
): Promise<LendStep> {
  const { spec } = settings;
  const isTrial = rater.origin === 'trial';
  const stop = reasonToStop(rater, session, settings);
  // A closed study takes no vote, so that what is still lent is not worth looking at either.
  if (stop !== null)
    return session.leases > 0 && stop !== 'closed'
      ? { kind: 'full' }
      : { kind: 'end', reason: stop };
  if (session.leases >= MAX_LEASES) return { kind: 'full' };

  const random = seededRandom(`draw ${spec.seed} ${rater.raterId} ${session.drawnPairs}`);
  const input: PickInput = {
    studyId: rater.studyId,
    raterId: rater.raterId,
    coin: random.integer(2 ** 31),
    questionMode: spec.questionMode,
    questions: settings.questions,
  };
  const pick = isTrial
    ? await pickTrial(transaction, input)
    : await pickByPlan(transaction, input, session, settings, waits);
  if (pick === null) {
    if (session.leases > 0) return { kind: 'full' };
    return { kind: 'end', reason: isTrial && session.donePairs === 0 ? 'not-open' : 'no-work' };
  }
  const aOnLeft = pick.aOnLeft ?? drawSides(pick.lead, String(random.integer(2 ** 31)));
  const lent = await lend(transaction, { rater, session, pick, aOnLeft, settings, now });
  if (!lent) return { kind: 'raced' };
  return { kind: 'lent', hasRoom: session.leases + 1 < MAX_LEASES };
}

/** Why this rater may not be lent another pair now. */
export function reasonToStop(
  rater: RaterRow,
  session: SessionRow,
  { spec }: StudySettings,
): EndView['reason'] | null {
  if (rater.state === 'closed') return 'closed';
  if (rater.origin !== 'trial') {
    if (rater.state === 'draft') return 'not-open';
    if (rater.state === 'paused') return 'paused';
    const cap = spec.maxPairsPerRater;
    if (cap !== null && rater.credited + session.leases >= cap) return 'cap-reached';
  }
  const isServed = session.endedAt !== null;
  return isServed || session.donePairs + session.leases >= session.wantedPairs
    ? 'session-done'
    : null;
}

async function pickByPlan(
  transaction: Transaction,
  input: PickInput,
  session: SessionRow,
  { spec }: StudySettings,
  waits: boolean,
): Promise<Pick | null> {
  const plan = planSession(session.id, session.wantedPairs, spec.shares);
  const kind = plan[session.drawnPairs] ?? 'regular';
  const check =
    kind === 'regular'
      ? null
      : kind === 'repeat'
        ? await pickRepeat(transaction, input, { id: session.id, pairNumber: session.drawnPairs })
        : await pickCheck(transaction, input, kind);
  if (check !== null) return check;
  const pick = spec.pairChoice === 'adaptive' ? pickAdaptive : pickRegular;
  return pick(transaction, { ...input, mostWanted: spec.votesPerCell }, waits);
}

interface Loan {
  readonly rater: RaterRow;
  readonly session: SessionRow;
  readonly pick: Pick;
  readonly aOnLeft: boolean;
  readonly settings: StudySettings;
  readonly now: Date;
}

/** Writes the assignment and takes its places; false when its cells have just been filled. */
async function lend(transaction: Transaction, loan: Loan): Promise<boolean> {
  const { rater, session, pick, aOnLeft, settings, now } = loan;
  const expiresAt = new Date(now.getTime() + settings.spec.leaseSeconds * 1000);
  const count = await transaction.$executeRaw`
    with held as (
      update cell set load = load + 1, lead = lead + ${aOnLeft ? 1 : -1}::int
      where comparison_id = ${pick.comparisonId} and question = any(${[...pick.questions]}::int[])
        and ${pick.holdsCells} and load < wanted
      returning question
    ), counted as (
      update rater_session set drawn_pairs = drawn_pairs + 1 where id = ${session.id}::uuid
        and (exists (select 1 from held) or not ${pick.holdsCells})
    )
    insert into assignment (id, study_id, comparison_id, rater_id, session_id, attempt, pair_number,
      questions, a_on_left, propensity, leased_at, lease_expires_at)
    select ${randomUUID()}::uuid, ${rater.studyId}, ${pick.comparisonId}, ${rater.raterId}::uuid,
      ${session.id}::uuid, ${pick.attempt}, ${session.drawnPairs},
      case when ${pick.holdsCells}
        then (select array_agg(question order by question) from held)
        else ${[...pick.questions]}::int[] end,
      ${aOnLeft}, ${pick.propensity}, ${now}, ${expiresAt}
    where exists (select 1 from held) or not ${pick.holdsCells}`;
  return count === 1;
}
