'use client';

import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Select } from '#components/input.tsx';
import type { ScorerView } from '#lib/curation/schema.ts';
import { settingsFields } from './settings-fields.ts';
import { SettingsForm, type SettingValues } from './settings-form.tsx';

/** A scorer that was chosen, with what stands in its form. */
export interface ChosenStep {
  id: number;
  scorer: ScorerView;
  values: SettingValues;
}

/** The scorers of a run in their order, and a way to add one. */
export function StepList(props: {
  scorers: readonly ScorerView[];
  steps: readonly ChosenStep[];
  onChange: (steps: ChosenStep[]) => void;
}) {
  const { scorers, steps, onChange } = props;
  const [chosen, setChosen] = useState('');
  const next = scorers.find(({ name }) => name === chosen) ?? scorers[0];
  const move = (index: number, by: number) => {
    const moved = [...steps];
    const [step] = moved.splice(index, 1);
    if (step) moved.splice(index + by, 0, step);
    onChange(moved);
  };
  return (
    <div className="flex flex-col gap-4">
      <ol className="flex flex-col gap-4">
        {steps.map((step, index) => (
          <li key={step.id}>
            <Step
              step={step}
              onValues={(values) =>
                onChange(steps.map((each) => (each.id === step.id ? { ...each, values } : each)))
              }
              {...(index > 0 && { onUp: () => move(index, -1) })}
              {...(index < steps.length - 1 && { onDown: () => move(index, 1) })}
              onRemove={() => onChange(steps.filter(({ id }) => id !== step.id))}
            />
          </li>
        ))}
      </ol>
      {next && (
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 flex-1 sm:max-w-sm">
            <Field label="Score">
              <Select value={next.name} onChange={(event) => setChosen(event.target.value)}>
                {scorers.map(({ name, title }) => (
                  <option key={name} value={name}>
                    {title}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          <Button
            icon={<Plus aria-hidden />}
            onClick={() => {
              const id = Math.max(0, ...steps.map((step) => step.id)) + 1;
              onChange([...steps, { id, scorer: next, values: {} }]);
            }}
          >
            Add
          </Button>
          <p className="w-full text-sm text-ink-faint">{next.description}</p>
        </div>
      )}
    </div>
  );
}

function Step(props: {
  step: ChosenStep;
  onValues: (values: SettingValues) => void;
  onUp?: () => void;
  onDown?: () => void;
  onRemove: () => void;
}) {
  const { step, onValues, onUp, onDown, onRemove } = props;
  const { scorer, values } = step;
  const fields = settingsFields(scorer.settings);
  const columns = scorer.columns.map(({ name }) => name).join(', ');
  return (
    <section
      aria-label={scorer.title}
      className="rounded-lg border border-line bg-canvas/50 px-4 py-3"
    >
      <header className="flex items-start justify-between gap-4">
        <h3 className="min-w-0 pt-1 font-medium">{scorer.title}</h3>
        <div className="flex shrink-0 gap-1">
          <Button
            size="sm"
            variant="quiet"
            aria-label={`Move ${scorer.title} up`}
            icon={<ArrowUp aria-hidden />}
            disabled={!onUp}
            onClick={onUp}
          />
          <Button
            size="sm"
            variant="quiet"
            aria-label={`Move ${scorer.title} down`}
            icon={<ArrowDown aria-hidden />}
            disabled={!onDown}
            onClick={onDown}
          />
          <Button
            size="sm"
            variant="quiet"
            aria-label={`Remove ${scorer.title}`}
            icon={<Trash2 aria-hidden />}
            onClick={onRemove}
          />
        </div>
      </header>
      <p className="mt-0.5 text-sm text-ink-faint">{scorer.description}</p>
      {columns !== '' && (
        <p className="mt-1 text-sm text-ink-faint">
          Adds <span className="font-mono text-xs text-ink-soft">{columns}</span>
        </p>
      )}
      <details className="mt-3" open={fields.some(({ isRequired }) => isRequired)}>
        <summary className="cursor-pointer rounded-sm text-sm text-ink-soft hover:text-ink">
          Settings
        </summary>
        <div className="mt-4">
          <SettingsForm fields={fields} values={values} onChange={onValues} />
        </div>
      </details>
    </section>
  );
}
