'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { Field } from '#components/field.tsx';
import { Checkbox, Input, Select } from '#components/input.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { api } from '#lib/client/api.ts';
import { fieldError, formError } from '#lib/client/field-error.ts';
import type { NewAxisInput } from '#lib/datasets/axes/schema.ts';
import type { VersionDetail } from '#lib/datasets/schema.ts';
import { DrawnFigure } from '../../../../../../../_parts/drawn-figure.tsx';
import { shareText } from '../../../value-text.ts';
import { readFractions } from './read-fractions.ts';

interface AxisFormProps {
  address: { project: string; dataset: string; version: number };
  detail: VersionDetail;
  wishedScore: string | null;
  error: unknown;
  isBusy: boolean;
  onSubmit: (input: NewAxisInput) => void;
}

/** Scores whose high end is the bad one, by what they are usually called. */
const BAD_WHEN_HIGH = /ocr|text_?area|blur|noise|watermark|nsfw/;

/** The questions that make an axis. */
export function AxisForm(props: AxisFormProps) {
  const { address, detail, wishedScore, error, isBusy, onSubmit } = props;
  const scores = detail.columns
    .filter(({ type }) => type !== 'VARCHAR')
    .sort((a, b) => Number(b.kind === 'score') - Number(a.kind === 'score'));
  const first = scores.find(({ name }) => name === wishedScore) ?? scores[0];
  const [name, setName] = useState(first?.name ?? '');
  const [direction, setDirection] = useState<'low' | 'high' | null>(null);
  const [fractionError, setFractionError] = useState<string | null>(null);
  const score = scores.find((each) => each.name === name);
  if (!score)
    return (
      <EmptyState title="No score">
        This version has no column of numbers. Map one, or compute one, in a new version.
      </EmptyState>
    );
  const drops = direction ?? (BAD_WHEN_HIGH.test(score.name) ? 'high' : 'low');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const fractions = readFractions(String(form.get('fractions')));
    setFractionError(fractions ? null : 'Write percentages below 100, such as 0, 12.5, 25, 50.');
    if (!fractions) return;
    const size = String(form.get('size')).trim();
    onSubmit({
      name: String(form.get('name')).trim() || score.name,
      definition: {
        score: score.name,
        direction: drops,
        fractions,
        sample: { size: size === '' ? null : Number(size), seed: Number(form.get('seed')) },
        missing: form.get('missing') as 'remove-first' | 'keep' | 'exclude',
        hasControl: form.get('control') !== null,
      },
    });
  };
  const shown = ['name', 'definition.sample.size', 'definition.sample.seed'];
  return (
    <form onSubmit={submit} className="flex flex-col gap-6">
      <Card title="The score">
        <div className="grid gap-6 lg:grid-cols-[18rem_1fr]">
          <div className="flex flex-col gap-5">
            <Field
              label="Score"
              hint={
                score.missing === 0
                  ? 'Every clip has it.'
                  : `${shareText(score.missing, detail.clips ?? 0)} of the clips lack it.`
              }
            >
              <Select
                value={score.name}
                onChange={({ target }) => {
                  setName(target.value);
                  setDirection(null);
                }}
              >
                {scores.map((each) => (
                  <option key={each.name} value={each.name}>
                    {each.name}
                  </option>
                ))}
              </Select>
            </Field>
            <Field
              label="What is dropped"
              hint={
                drops === 'low'
                  ? 'As for motion, aesthetics and caption match.'
                  : 'As for the area of text in the picture.'
              }
            >
              <Select
                value={drops}
                onChange={({ target }) => setDirection(target.value === 'high' ? 'high' : 'low')}
              >
                <option value="low">The lowest scores</option>
                <option value="high">The highest scores</option>
              </Select>
            </Field>
            <Field label="Name" isOptional error={fieldError(error, 'name')}>
              <Input name="name" placeholder={score.name} maxLength={80} autoComplete="off" />
            </Field>
          </div>
          <DrawnFigure
            figureKey={['histogram', address, score.name]}
            draw={(width) => api.profiles.histogram({ ...address, score: score.name, width })}
          />
        </div>
      </Card>
      <Card title="The subsets">
        <div className="grid gap-5 md:grid-cols-2">
          <Field
            label="Dropped, in percent"
            hint="One subset each; 0 is the base."
            error={fractionError ?? fieldError(error, 'definition.fractions')}
          >
            <Input name="fractions" defaultValue="0, 12.5, 25, 50" required autoComplete="off" />
          </Field>
          <Field
            label="Clips without the score"
            hint="Dropped first, they count into what each cut drops."
          >
            <Select name="missing" defaultValue="remove-first">
              <option value="remove-first">Drop them first</option>
              <option value="keep">Keep them</option>
              <option value="exclude">Leave them out of the sample</option>
            </Select>
          </Field>
          <Field
            label="Base sample"
            isOptional
            hint="How many clips to start from; all of them when left empty. The same ones for every axis of the same seed."
            error={fieldError(error, 'definition.sample.size')}
          >
            <Input name="size" type="number" min={1} step={1} placeholder="all clips" />
          </Field>
          <Field
            label="Seed"
            hint="Of the sample, of ties and of random drops."
            error={fieldError(error, 'definition.sample.seed')}
          >
            <Input name="seed" type="number" min={0} max={2147483647} step={1} defaultValue={0} />
          </Field>
          <Checkbox
            name="control"
            label="Also drop the same number at random"
            hint="A control of equal size for each cut: what dropping data does by itself."
          />
        </div>
      </Card>
      <ErrorNotice error={formError(error, shown)} />
      <div>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          Find the cuts
        </Button>
      </div>
    </form>
  );
}
