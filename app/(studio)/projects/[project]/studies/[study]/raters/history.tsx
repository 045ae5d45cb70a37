import type { RaterView } from '#lib/studies/quality/schema.ts';
import { CAUSES } from './rater-words.ts';

/** Who excluded a rater or included it again, when and why; newest first. */
export function History({ entries }: { entries: RaterView['history'] }) {
  return (
    <ol className="flex flex-col gap-3 border-l border-line-strong pl-4 text-sm">
      {entries.map((entry) => (
        <li key={entry.at}>
          <p>
            <span className="font-medium">
              {entry.isExcluded ? `Excluded (${CAUSES[entry.because]})` : 'Included again'}
            </span>{' '}
            <span className="text-ink-faint">
              by {entry.by ?? 'the command line'},{' '}
              <time dateTime={entry.at}>
                {new Date(entry.at).toLocaleString('en', {
                  dateStyle: 'medium',
                  timeStyle: 'short',
                })}
              </time>
            </span>
          </p>
          <p className="break-words whitespace-pre-line text-ink-soft">{entry.reason}</p>
          {entry.flags.length > 0 && (
            <p className="text-ink-faint">Flags at that time: {entry.flags.join(' ')}</p>
          )}
        </li>
      ))}
    </ol>
  );
}
