import { Checkbox } from '#components/input.tsx';
import type { CanonicalColumn } from '#lib/datasets/schema.ts';

interface Shape {
  captions: readonly CanonicalColumn[];
  /** Of the version. */
  clips: number;
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
  error: string | null;
}

/** Which caption columns are compared, each with how many clips have it. */
export function CaptionColumns({ captions, clips, chosen, onChange, error }: Shape) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 text-sm font-medium">Captions to compare</legend>
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2 lg:grid-cols-3">
        {captions.map(({ name, missing }) => (
          <Checkbox
            key={name}
            label={name}
            hint={`${(clips - missing).toLocaleString('en')} clips`}
            checked={chosen.includes(name)}
            onChange={(event) =>
              onChange(
                event.target.checked ? [...chosen, name] : chosen.filter((other) => other !== name),
              )
            }
          />
        ))}
      </div>
      {chosen.length < 2 && <p className="text-sm text-ink-faint">Choose at least two.</p>}
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
