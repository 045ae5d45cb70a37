'use client';

import { Checkbox, Select } from '#components/input.tsx';
import { ADAPTIVE_ARMS } from '#lib/studies/schema.ts';
import { GoldEditor } from './gold-editor.tsx';
import { Section } from './section.tsx';
import { NumberField, SpecField } from './spec-fields.tsx';
import { useProblem } from './spec-problems.tsx';
import type { SpecStore } from './spec-store.ts';

/** How many votes, from whom, and how a session goes. */
export function RulesSection({ spec, change }: SpecStore) {
  const { session, shares } = spec;
  const number = (value: number | null) => value ?? Number.NaN;
  const share = (value: number | null) => value ?? 0;
  const isAdaptive = spec.pairChoice === 'adaptive';
  const canAdapt =
    spec.axis === null &&
    spec.arms.length >= ADAPTIVE_ARMS.fewest &&
    spec.arms.length <= ADAPTIVE_ARMS.most;
  const sharesProblem = useProblem('shares');
  return (
    <Section id="rules" title="Rules">
      <div className="flex flex-col gap-6">
        <div className="grid gap-5 sm:grid-cols-2">
          <NumberField
            place="votesPerCell"
            label={isAdaptive ? 'Most votes per pair and question' : 'Votes per pair and question'}
            hint={
              isAdaptive
                ? 'On each prompt. Leave room, and stop when it is enough.'
                : 'On each prompt, each by another rater.'
            }
            value={spec.votesPerCell}
            onChange={(value) => change({ votesPerCell: number(value) })}
          />
          <SpecField
            place="questionMode"
            label="A rater answers"
            hint="One question at a time is how the paper did it."
          >
            <Select
              value={spec.questionMode}
              onChange={(event) =>
                change({ questionMode: event.target.value === 'all' ? 'all' : 'one' })
              }
            >
              <option value="one">one question of a pair</option>
              <option value="all">all questions of a pair in turn</option>
            </Select>
          </SpecField>
          <SpecField
            place="pairChoice"
            label="Which pairs come next"
            hint={`Adaptive: what teaches most comes more often; for ${ADAPTIVE_ARMS.fewest} to ${ADAPTIVE_ARMS.most} arms without an axis.`}
          >
            <Select
              value={spec.pairChoice}
              onChange={(event) =>
                change({ pairChoice: event.target.value === 'adaptive' ? 'adaptive' : 'balanced' })
              }
            >
              <option value="balanced">all equally often (balanced)</option>
              <option value="adaptive" disabled={!isAdaptive && !canAdapt}>
                those that teach most (adaptive)
              </option>
            </Select>
          </SpecField>
          <NumberField
            place="session.pairs"
            label="Pairs in a session"
            value={session.pairs}
            onChange={(value) => change({ session: { ...session, pairs: number(value) } })}
          />
          <NumberField
            place="session.minutes"
            label="Minutes of a session"
            hint="Raters are told before they begin."
            value={session.minutes}
            onChange={(value) => change({ session: { ...session, minutes: number(value) } })}
          />
          <NumberField
            place="maxPairsPerRater"
            label="Most pairs of one rater"
            isOptional
            hint="Empty: no limit."
            value={spec.maxPairsPerRater}
            onChange={(maxPairsPerRater) => change({ maxPairsPerRater })}
          />
          <NumberField
            place="leaseSeconds"
            label="Seconds to answer a pair"
            hint="After that it goes to somebody else."
            value={spec.leaseSeconds}
            onChange={(value) => change({ leaseSeconds: number(value) })}
          />
          <NumberField
            place="tooFastSeconds"
            label="Too fast below, in seconds"
            hint="Such votes are marked, never dropped."
            value={spec.tooFastSeconds}
            onChange={(value) => change({ tooFastSeconds: number(value) })}
          />
          <NumberField
            place="seed"
            label="Seed"
            hint="Of the random order; the same seed gives the same order."
            value={spec.seed}
            onChange={(value) => change({ seed: number(value) })}
          />
        </div>
        <div className="flex flex-col gap-3">
          <Checkbox
            label="Raters may call a pair equal"
            checked={spec.allowTies}
            onChange={(event) => change({ allowTies: event.target.checked })}
          />
          <Checkbox
            label="Both videos must have played once before a vote"
            checked={spec.requireFullPlay}
            onChange={(event) => change({ requireFullPlay: event.target.checked })}
          />
        </div>
        <fieldset>
          <legend className="text-sm font-semibold text-ink-soft">Checks</legend>
          <p className="mt-0.5 mb-4 text-sm text-ink-faint">
            Shares of a session, in percent. Raters can't tell checks from other pairs, and checks
            never enter rankings.
          </p>
          <div className="grid gap-5 sm:grid-cols-3">
            <NumberField
              place="shares.gold"
              label="Known answer"
              hint="One video is plainly better."
              scale={100}
              value={shares.gold}
              onChange={(value) => change({ shares: { ...shares, gold: share(value) } })}
            />
            <NumberField
              place="shares.same"
              label="Same arm"
              hint="One arm against itself: the noise floor."
              scale={100}
              value={shares.same}
              onChange={(value) => change({ shares: { ...shares, same: share(value) } })}
            />
            <NumberField
              place="shares.repeat"
              label="Repeated"
              hint="A pair comes again, sides swapped."
              scale={100}
              value={shares.repeat}
              onChange={(value) => change({ shares: { ...shares, repeat: share(value) } })}
            />
          </div>
          {sharesProblem && (
            <p role="alert" className="mt-2 text-sm text-bad">
              {sharesProblem}
            </p>
          )}
          {(shares.gold > 0 || spec.gold.length > 0) && <GoldEditor spec={spec} change={change} />}
        </fieldset>
      </div>
    </Section>
  );
}
