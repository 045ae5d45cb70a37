'use client';

import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Input, Select } from '#components/input.tsx';
import { type ArmSpec, type Axis, NEW_ARM } from '#lib/studies/schema.ts';
import { Pager } from '../pager.tsx';
import { ArmRow } from './arm-row.tsx';
import { DatasetAxisField } from './dataset-axis-field.tsx';
import { readHyperparameters } from './hyperparameters.ts';
import { Section } from './section.tsx';
import { SpecField, TextField } from './spec-fields.tsx';
import { useProblem } from './spec-problems.tsx';
import { removeAt, replaceAt, type SpecStore } from './spec-store.ts';

const PAGE = 25;
const KINDS = [
  { value: 'none', label: 'Nothing that can be ordered: just compare them' },
  { value: 'removed-fraction', label: 'How much of the training data a filter removed' },
  { value: 'ordered', label: 'Another number: compression, frame rate, guidance' },
  { value: 'training-step', label: 'Training steps of several series, compared step by step' },
];

/** The axis along which the arms differ, and the arms with their levels. */
export function ArmsSection({ project, spec, change }: SpecStore & { project: string }) {
  const [page, setPage] = useState(0);
  const { axis, arms } = spec;
  const setArm = (index: number, arm: ArmSpec) => change({ arms: replaceAt(arms, index, arm) });
  const first = page * PAGE;
  // Rows of other arms need not follow while one arm's level is typed.
  const written = JSON.stringify(arms.map(({ name }) => name));
  const names = useMemo(() => JSON.parse(written) as string[], [written]);
  const armsProblem = useProblem('arms');
  return (
    <Section
      id="arms"
      title="Axis and arms"
      description="An arm is a model, or a setting, whose videos are compared with the others'."
    >
      <div className="flex flex-col gap-5">
        <SpecField place="axis" label="The arms differ in">
          <Select
            value={axis?.kind ?? 'none'}
            onChange={(event) => change({ axis: axisOfKind(axis, event.target.value) })}
          >
            {KINDS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </SpecField>
        {axis && (
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField
              place="axis.name"
              label={axis.kind === 'removed-fraction' ? 'What the filter looks at' : 'Its name'}
              placeholder={axis.kind === 'removed-fraction' ? 'Motion score' : 'Training step'}
              value={axis.name}
              onChange={(name) => change({ axis: { ...axis, name } })}
            />
            {axis.kind === 'removed-fraction' && (
              <DatasetAxisField
                project={project}
                axis={axis}
                onChange={(dataset) => change({ axis: { ...axis, dataset } })}
              />
            )}
            {axis.kind !== 'removed-fraction' && (
              <TextField
                place="axis.unit"
                label="Unit"
                isOptional
                value={axis.unit}
                onChange={(unit) => change({ axis: { ...axis, unit } })}
              />
            )}
          </div>
        )}
        <ForAllArms
          onApply={(values) =>
            change({
              arms: arms.map((arm) => ({
                ...arm,
                hyperparameters: { ...arm.hyperparameters, ...values },
              })),
            })
          }
        />
        {armsProblem && (
          <p role="alert" className="text-sm text-bad">
            {armsProblem}
          </p>
        )}
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {arms.slice(first, first + PAGE).map((arm, offset) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed
            <li key={first + offset} className="py-3">
              <ArmRow
                index={first + offset}
                arm={arm}
                axis={axis}
                names={names}
                onChange={setArm}
                onRemove={(index) => change({ arms: removeAt(arms, index) })}
              />
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Button
            size="sm"
            icon={<Plus aria-hidden />}
            onClick={() => {
              change({ arms: [...arms, NEW_ARM] });
              setPage(Math.floor(arms.length / PAGE));
            }}
          >
            Add an arm
          </Button>
          <Pager label="Arms" page={page} size={PAGE} total={arms.length} onChange={setPage} />
        </div>
      </div>
    </Section>
  );
}

function axisOfKind(before: Axis | null, kind: string): Axis | null {
  const { name = '', unit = '', dataset } = before ?? {};
  if (kind === 'removed-fraction')
    return { kind, name, unit: '', ...(dataset !== undefined && { dataset }) };
  return kind === 'ordered' || kind === 'training-step' ? { kind, name, unit } : null;
}

/** Sets hyperparameters in every arm at once. */
function ForAllArms({ onApply }: { onApply: (values: ArmSpec['hyperparameters']) => void }) {
  const [text, setText] = useState('');
  const values = readHyperparameters(text);
  return (
    <Field
      label="The same in all arms"
      isOptional
      hint="How the models were made, such as base=sd21; steps=40000; sampler=ddim. Differences show up before the study opens."
    >
      <div className="flex gap-2">
        <Input
          value={text}
          placeholder="base=sd21; steps=40000"
          onChange={(event) => setText(event.target.value)}
        />
        <Button
          disabled={Object.keys(values).length === 0}
          onClick={() => {
            onApply(values);
            setText('');
          }}
        >
          Set in all
        </Button>
      </div>
    </Field>
  );
}
