'use client';

import { Select } from '#components/input.tsx';
import { Section } from './section.tsx';
import { NumberField, SpecField } from './spec-fields.tsx';
import type { SpecStore } from './spec-store.ts';

/** How a threshold will be recommended: set before the votes are seen. */
export function DecisionSection({ spec, change }: SpecStore) {
  if (!spec.axis || spec.axis.kind === 'training-step') return null;
  const { decision } = spec;
  const set = (patch: Partial<typeof decision>) => change({ decision: { ...decision, ...patch } });
  return (
    <Section
      id="decision"
      title="Decision rule"
      description="How the report recommends a level. Set before the votes are seen; once the study is open, another rule is another revision."
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <SpecField
          place="decision.prefer"
          label="Take"
          hint={
            decision.prefer === 'best'
              ? 'The one that people prefer.'
              : 'Of the arms shown to be not worse than the best, the one that removes least.'
          }
        >
          <Select
            value={decision.prefer}
            onChange={(event) =>
              set({ prefer: event.target.value === 'cheapest' ? 'cheapest' : 'best' })
            }
          >
            <option value="best">the best arm</option>
            <option value="cheapest">the cheapest arm that is not worse</option>
          </Select>
        </SpecField>
        <NumberField
          place="decision.marginElo"
          label="Margin, in Elo points"
          hint="An arm that is worse by less counts as not worse."
          value={decision.marginElo}
          onChange={(value) => set({ marginElo: value ?? Number.NaN })}
        />
        {(spec.questions.length > 1 || decision.question !== null) && (
          <SpecField place="decision.question" label="Question that decides">
            <Select
              value={decision.question ?? ''}
              onChange={(event) =>
                set({ question: event.target.value === '' ? null : event.target.value })
              }
            >
              <option value="">the mean of all questions</option>
              {spec.questions.map((question) => (
                <option key={question.key} value={question.key}>
                  {question.wording.en}
                </option>
              ))}
              {decision.question !== null &&
                !spec.questions.some(({ key }) => key === decision.question) && (
                  <option value={decision.question}>{decision.question}</option>
                )}
            </Select>
          </SpecField>
        )}
      </div>
    </Section>
  );
}
