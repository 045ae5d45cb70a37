'use client';

import { Plus } from 'lucide-react';
import { Button } from '#components/button.tsx';
import { Select } from '#components/input.tsx';
import type { StudySpec, TrainingExample } from '#lib/studies/schema.ts';
import { SpecField, TextField } from './spec-fields.tsx';
import { removeAt, replaceAt } from './spec-store.ts';

const MOST = 6;
const EXPECTED = [
  { value: 'left', label: 'the left one' },
  { value: 'right', label: 'the right one' },
  { value: 'tie', label: 'neither' },
] as const;

interface Shape {
  /** Of the question, such as `questions[0]`. */
  place: string;
  spec: StudySpec;
  examples: readonly TrainingExample[];
  onChange: (examples: TrainingExample[]) => void;
}

/** Pairs that raters practise on before their first vote, with the right answer and why. */
export function ExamplesEditor({ place, spec, examples, onChange }: Shape) {
  const [left, right] = spec.arms;
  const [prompt] = spec.prompts;
  const add = () =>
    onChange([
      ...examples,
      {
        prompt: prompt?.key ?? '',
        left: left?.name ?? '',
        right: right?.name ?? '',
        expected: 'left',
        explanation: { en: '' },
      },
    ]);
  return (
    <div className="rounded-lg border border-line bg-canvas px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h4 className="text-sm font-medium">
          Training examples{' '}
          <span className="font-normal text-ink-faint">
            {examples.length === 0 ? 'none; two help raters agree' : examples.length}
          </span>
        </h4>
        {examples.length < MOST && (
          <Button size="sm" variant="quiet" icon={<Plus aria-hidden />} onClick={add}>
            Add an example
          </Button>
        )}
      </div>
      {examples.map((example, index) => (
        <Example
          // biome-ignore lint/suspicious/noArrayIndexKey: examples have no name of their own
          key={index}
          place={`${place}.examples[${index}]`}
          spec={spec}
          example={example}
          onChange={(next) => onChange(replaceAt(examples, index, next))}
          onRemove={() => onChange(removeAt(examples, index))}
        />
      ))}
    </div>
  );
}

interface ExampleShape {
  place: string;
  spec: StudySpec;
  example: TrainingExample;
  onChange: (example: TrainingExample) => void;
  onRemove: () => void;
}

function Example({ place, spec, example, onChange, onRemove }: ExampleShape) {
  const arms = spec.arms.map((arm) => arm.name);
  return (
    <fieldset className="mt-3 border-t border-line pt-3">
      <legend className="sr-only">Training example</legend>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Choice
          place={`${place}.prompt`}
          label="Prompt"
          value={example.prompt}
          options={spec.prompts.map((prompt) => prompt.key)}
          onChange={(prompt) => onChange({ ...example, prompt })}
        />
        <Choice
          place={`${place}.left`}
          label="Left"
          value={example.left}
          options={arms}
          onChange={(left) => onChange({ ...example, left })}
        />
        <Choice
          place={`${place}.right`}
          label="Right"
          value={example.right}
          options={arms}
          onChange={(right) => onChange({ ...example, right })}
        />
        <SpecField place={`${place}.expected`} label="Better is">
          <Select
            value={example.expected}
            onChange={(event) => {
              const expected = EXPECTED.find(({ value }) => value === event.target.value);
              if (expected) onChange({ ...example, expected: expected.value });
            }}
          >
            {EXPECTED.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </SpecField>
      </div>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        <TextField
          place={`${place}.explanation.en`}
          label="Why"
          placeholder="The left video flickers."
          value={example.explanation.en}
          onChange={(en) => onChange({ ...example, explanation: { ...example.explanation, en } })}
        />
        <TextField
          place={`${place}.explanation.zh`}
          label="Why, in Chinese"
          isOptional
          lang="zh"
          value={example.explanation.zh ?? ''}
          onChange={(zh) =>
            onChange({
              ...example,
              explanation: { en: example.explanation.en, ...(zh !== '' && { zh }) },
            })
          }
        />
      </div>
      <Button size="sm" variant="quiet" className="mt-2 -ml-2.5" onClick={onRemove}>
        Remove this example
      </Button>
    </fieldset>
  );
}

/** One of the study's own names; a name that is gone stays visible until another is chosen. */
export function Choice(props: {
  place: string;
  label: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
}) {
  const { value, options, onChange, ...field } = props;
  return (
    <SpecField {...field}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        {!options.includes(value) && <option value={value}>{value || 'choose'}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </Select>
    </SpecField>
  );
}
