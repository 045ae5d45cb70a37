import { classNames } from '#components/class-names.ts';
import type { RankingMethod } from '#lib/reports/schema.ts';
import { METHODS } from './methods.ts';

interface Shape {
  method: RankingMethod;
  methods: readonly RankingMethod[];
  onChange: (method: RankingMethod) => void;
}

/** One of the ranking methods, and what a reader has to know of the one that is on. */
export function MethodSwitch({ method, methods, onChange }: Shape) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">Method</legend>
      <div className="flex w-fit max-w-full flex-wrap gap-1 rounded-lg bg-sunken p-1">
        {methods.map((option) => (
          <label
            key={option}
            className={classNames(
              'relative cursor-pointer rounded-md px-3 py-1 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
              option === method
                ? 'bg-surface font-medium text-ink shadow-card'
                : 'text-ink-soft hover:text-ink',
            )}
          >
            <input
              type="radio"
              name="method"
              className="absolute inset-0 cursor-pointer appearance-none opacity-0"
              checked={option === method}
              onChange={() => onChange(option)}
            />
            {METHODS[option].shortName}
          </label>
        ))}
      </div>
      <p className="mt-1.5 text-sm text-ink-faint">{METHODS[method].hint}</p>
    </fieldset>
  );
}
