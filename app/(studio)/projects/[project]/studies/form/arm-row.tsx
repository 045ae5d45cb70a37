'use client';

import { Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Input } from '#components/input.tsx';
import type { ArmSpec, Axis } from '#lib/studies/schema.ts';
import { ArmDetails } from './arm-details.tsx';
import { readHyperparameters, writeHyperparameters } from './hyperparameters.ts';
import { NumberInput } from './spec-fields.tsx';
import { useProblem } from './spec-problems.tsx';

interface Shape {
  index: number;
  arm: ArmSpec;
  axis: Axis | null;
  /** Of all arms; the same array as long as they stay. */
  names: readonly string[];
  onChange: (index: number, arm: ArmSpec) => void;
  onRemove: (index: number) => void;
}

/** One arm: its name, its level and how it was made. */
export const ArmRow = memo(function ArmRow({ index, arm, axis, names, onChange, onRemove }: Shape) {
  const problems = [
    useProblem(`arms[${index}].name`),
    useProblem(`arms[${index}].level`),
    useProblem(`arms[${index}].source`),
    useProblem(`arms[${index}].clips`),
    useProblem(`arms[${index}].replicaOf`),
    useProblem(`arms[${index}].series`),
  ].filter(Boolean);
  const [typed, setTyped] = useState<string | null>(null);
  const label = arm.name || `arm ${index + 1}`;
  return (
    <div>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 sm:grid-cols-[minmax(0,1.2fr)_7rem_minmax(0,1.5fr)_auto]">
        <Input
          aria-label={`Name of arm ${index + 1}`}
          value={arm.name}
          onChange={(event) => onChange(index, { ...arm, name: event.target.value })}
        />
        <div className="order-3 sm:order-none">
          {axis ? (
            <div className="flex items-center gap-1.5">
              <NumberInput
                aria-label={`Level of ${label}`}
                placeholder="level"
                value={arm.level}
                scale={axis.kind === 'removed-fraction' ? 100 : 1}
                onChange={(level) => onChange(index, { ...arm, level })}
              />
              <span className="max-w-12 truncate text-sm text-ink-faint">
                {axis.kind === 'removed-fraction' ? '%' : axis.unit}
              </span>
            </div>
          ) : (
            <span className="hidden text-sm text-ink-faint sm:block">no level</span>
          )}
        </div>
        <Input
          aria-label={`Hyperparameters of ${label}`}
          className="order-4 col-span-2 sm:order-none sm:col-span-1"
          placeholder="steps=40000; base=sd21"
          value={typed ?? writeHyperparameters(arm.hyperparameters)}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(index, { ...arm, hyperparameters: readHyperparameters(event.target.value) });
          }}
          onBlur={() => setTyped(null)}
        />
        <Button
          variant="quiet"
          size="sm"
          aria-label={`Remove ${label}`}
          icon={<Trash2 aria-hidden />}
          onClick={() => onRemove(index)}
        />
      </div>
      {arm.source && arm.source.model !== arm.name && (
        <p className="mt-1 text-sm text-ink-faint [overflow-wrap:anywhere]">
          with the videos of {arm.source.model}
          {arm.source.import && ` in ${arm.source.import}`}
        </p>
      )}
      <ArmDetails
        arm={arm}
        axis={axis}
        names={names}
        onChange={(changed) => onChange(index, changed)}
      />
      {problems.map((problem) => (
        <p key={problem} role="alert" className="mt-1 text-sm text-bad">
          {problem}
        </p>
      ))}
    </div>
  );
});
