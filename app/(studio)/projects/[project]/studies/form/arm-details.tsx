'use client';

import { useState } from 'react';
import { Field } from '#components/field.tsx';
import { Checkbox, Input, Select } from '#components/input.tsx';
import type { ArmSpec, Axis } from '#lib/studies/schema.ts';
import { NumberInput } from './spec-fields.tsx';

interface Shape {
  arm: ArmSpec;
  axis: Axis | null;
  /** Of all arms. */
  names: readonly string[];
  onChange: (arm: ArmSpec) => void;
}

/** What is said of few arms: clips, series, and whether it is a control or a replica. */
export function ArmDetails({ arm, axis, names, onChange }: Shape) {
  const isSteps = axis?.kind === 'training-step';
  const [isOpen, setIsOpen] = useState(
    isSteps || arm.clips !== null || arm.isControl || arm.replicaOf !== null || arm.series !== null,
  );
  return (
    <details
      className="mt-1.5"
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary className="w-fit cursor-pointer text-sm text-ink-soft hover:text-ink">
        More<span className="sr-only"> on {arm.name || 'this arm'}</span>
      </summary>
      {isOpen && (
        <div className="mt-2 flex flex-col gap-2">
          <div className="grid gap-3 sm:grid-cols-[9rem_minmax(0,1fr)_minmax(0,1fr)]">
            <Field label="Clips" isOptional>
              <NumberInput
                placeholder="trained on"
                value={arm.clips}
                onChange={(clips) => onChange({ ...arm, clips })}
              />
            </Field>
            <Field label="Replica of" isOptional>
              <Select
                value={arm.replicaOf ?? ''}
                onChange={(event) => onChange({ ...arm, replicaOf: event.target.value || null })}
              >
                <option value="">no other arm</option>
                {names
                  .filter((name) => name !== '' && name !== arm.name)
                  .map((name) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
              </Select>
            </Field>
            {(isSteps || arm.series !== null) && (
              <Field label="Series">
                <Input
                  placeholder="such as its initialisation"
                  value={arm.series ?? ''}
                  onChange={(event) => onChange({ ...arm, series: event.target.value || null })}
                />
              </Field>
            )}
          </div>
          <Checkbox
            label="Control"
            hint="A random drop to as many clips. Like a replica (the same checkpoint again, which shows the noise), it is no point of the curve."
            checked={arm.isControl}
            onChange={(event) => onChange({ ...arm, isControl: event.target.checked })}
          />
        </div>
      )}
    </details>
  );
}
