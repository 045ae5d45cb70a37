'use client';

import { Plus, Search, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Field } from '#components/field.tsx';
import { Input, Select } from '#components/input.tsx';
import type { ClipPage, ClipRange } from '#lib/datasets/clips/schema.ts';
import { valueText } from '../../value-text.ts';
import { type ClipQuery, numberOf } from './clip-query.ts';

export interface FilterBarProps {
  readonly query: ClipQuery;
  readonly columns: ClipPage['columns'];
  /** Called with what changes; the page starts anew. */
  readonly onChange: (change: Partial<ClipQuery>) => void;
}

/** Order, words and ranges: which clips the browser shows. */
export function FilterBar({ query, columns, onChange }: FilterBarProps) {
  const numbers = numbersOf(columns);
  const texts = columns.filter(({ kind }) => ['caption', 'text', 'path', 'key'].includes(kind));
  const captions = columns.filter(({ kind }) => kind === 'caption').map(({ name }) => name);
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { containsIn: _, ...rest } = query;
    const place = String(form.get('in') ?? '');
    onChange({
      ...rest,
      contains: String(form.get('text')).trim(),
      ...(place === '' ? {} : { containsIn: place }),
    });
  };
  return (
    <div className="flex flex-col gap-4 rounded-xl border border-line bg-surface px-4 py-4 shadow-card sm:px-5">
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Field label="Sort by">
          <Select
            value={query.sort ?? ''}
            onChange={({ target }) => onChange({ ...query, ...sortOf(target.value) })}
          >
            <option value="">No order</option>
            {numbers.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </Field>
        <Field label="Order">
          <Select
            value={query.direction}
            disabled={query.sort === undefined}
            onChange={({ target }) =>
              onChange({ direction: target.value === 'asc' ? 'asc' : 'desc' })
            }
          >
            <option value="desc">Highest first</option>
            <option value="asc">Lowest first</option>
          </Select>
        </Field>
        {captions.length > 1 && (
          <Field label="Caption shown">
            <Select
              value={query.caption ?? captions[0]}
              onChange={({ target }) => onChange({ caption: target.value })}
            >
              {captions.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          </Field>
        )}
      </div>
      <form
        onSubmit={search}
        className="grid grid-cols-[1fr_auto] items-end gap-4 sm:grid-cols-[1fr_12rem_auto]"
      >
        <div className="max-sm:col-span-2">
          <Field label="Words">
            <Input
              key={query.contains}
              name="text"
              type="search"
              maxLength={200}
              defaultValue={query.contains}
              placeholder="Part of a caption or path"
            />
          </Field>
        </div>
        <Field label="In">
          <Select key={query.containsIn} name="in" defaultValue={query.containsIn ?? ''}>
            <option value="">All texts</option>
            {texts.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </Field>
        <Button type="submit" icon={<Search aria-hidden />}>
          Search
        </Button>
      </form>
      <RangeForm
        numbers={numbers}
        onAdd={(range) => onChange({ ranges: [...query.ranges, range] })}
      />
      {(query.ranges.length > 0 || query.contains !== '') && (
        <ul aria-label="Filters" className="flex flex-wrap gap-2">
          {query.contains !== '' && (
            <Chip
              text={`“${query.contains}” in ${query.containsIn ?? 'all texts'}`}
              onRemove={() => onChange({ contains: '' })}
            />
          )}
          {query.ranges.map((range, index) => (
            <Chip
              // biome-ignore lint/suspicious/noArrayIndexKey: two ranges may be equal
              key={index}
              text={rangeText(range)}
              onRemove={() => onChange({ ranges: query.ranges.filter((_, i) => i !== index) })}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Scores first. */
function numbersOf(columns: ClipPage['columns']): string[] {
  const of = (wished: string) => columns.filter(({ kind }) => kind === wished);
  return [...of('score'), ...of('number')].map(({ name }) => name);
}

function sortOf(name: string): Partial<ClipQuery> {
  return name === '' ? { sort: '' } : { sort: name };
}

function rangeText({ column, min, max, has }: ClipRange): string {
  if (has === 'missing') return `${column} missing`;
  if (min === undefined && max === undefined) return `${column} present`;
  if (min === undefined) return `${column} up to ${valueText(max)}`;
  if (max === undefined) return `${column} from ${valueText(min)}`;
  return `${column} from ${valueText(min)} to ${valueText(max)}`;
}

function RangeForm(props: { numbers: readonly string[]; onAdd: (range: ClipRange) => void }) {
  const { numbers, onAdd } = props;
  const [error, setError] = useState<string | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  if (numbers.length === 0) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const column = String(form.get('column'));
    if (isMissing) return onAdd({ column, has: 'missing' });
    const ends = ['min', 'max'].map((name) => String(form.get(name)));
    const [min = null, max = null] = ends.map(numberOf);
    const isUnread = ends.some((text) => text.trim() !== '' && numberOf(text) === null);
    if (isUnread) return setError('Give numbers, such as 0.5.');
    if (min === null && max === null) return setError('Give at least one end of the range.');
    if (min !== null && max !== null && min > max)
      return setError('The lower end has to be below the upper one.');
    setError(null);
    event.currentTarget.reset();
    onAdd({
      column,
      has: 'value',
      ...(min === null ? {} : { min }),
      ...(max === null ? {} : { max }),
    });
  };
  return (
    <form
      onSubmit={submit}
      className="grid grid-cols-2 items-start gap-4 sm:grid-cols-[1fr_9rem_8rem_8rem_auto]"
    >
      <Field label="Range of">
        <Select name="column">
          {numbers.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </Field>
      <Field label="Clips that">
        <Select
          value={isMissing ? 'missing' : 'value'}
          onChange={({ target }) => setIsMissing(target.value === 'missing')}
        >
          <option value="value">lie between</option>
          <option value="missing">have no value</option>
        </Select>
      </Field>
      <Field label="From" error={error}>
        <Input name="min" inputMode="decimal" disabled={isMissing} autoComplete="off" />
      </Field>
      <Field label="To">
        <Input name="max" inputMode="decimal" disabled={isMissing} autoComplete="off" />
      </Field>
      <Button type="submit" className="sm:mt-6.5" icon={<Plus aria-hidden />}>
        Add
      </Button>
    </form>
  );
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <li className="flex max-w-full items-center gap-1 rounded-lg bg-accent-soft py-1 pr-1 pl-2.5 text-sm text-accent-strong">
      <span className="min-w-0 truncate">{text}</span>
      <button
        type="button"
        aria-label={`Remove the filter ${text}`}
        onClick={onRemove}
        className="rounded-md p-1 hover:bg-accent/10"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}
