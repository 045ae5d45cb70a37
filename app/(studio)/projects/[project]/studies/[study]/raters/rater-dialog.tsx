import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import type { RaterView } from '#lib/studies/quality/schema.ts';
import { count, day } from '../../counts.ts';
import { History } from './history.tsx';
import { RaterBadges } from './rater-table.tsx';
import { eloChange, factsOf, timesLikelier } from './rater-words.ts';

interface Shape {
  rater: RaterView;
  asked: { requireFullPlay: boolean; allowTies: boolean };
  canWrite: boolean;
  onChange: () => void;
  onClose: () => void;
}

/** All that is known of one rater, in plain words. */
export function RaterDialog({ rater, asked, canWrite, onChange, onClose }: Shape) {
  return (
    <Dialog
      isWide
      isOpen
      title={`Rater ${rater.rater}`}
      description={seen(rater)}
      onClose={onClose}
    >
      <RaterBadges rater={rater} />
      {rater.flags.length > 0 && (
        <ul className="flex flex-col gap-2">
          {rater.flags.map(({ code, reason }) => (
            <li
              key={code}
              className="flex items-start gap-2.5 rounded-lg bg-warn-soft px-3.5 py-2.5 text-sm"
            >
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
              <span className="min-w-0 break-words">{reason}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="grid gap-6 md:grid-cols-2">
        <Part title="How this rater answers">
          <dl className="flex flex-col gap-2.5 text-sm">
            {factsOf(rater, asked).map(({ name, value, note }) => (
              <div key={name}>
                <dt className="text-ink-faint">{name}</dt>
                <dd className="font-medium tabular-nums">
                  {value}
                  {note && <span className="font-normal text-ink-faint"> · {note}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </Part>
        <div className="flex flex-col gap-6">
          <Likelihoods rater={rater} />
          <Influence rater={rater} />
        </div>
      </div>
      {rater.history.length > 0 && (
        <Part title="History">
          <History entries={rater.history} />
        </Part>
      )}
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
        {canWrite && (
          <Button variant={rater.isExcluded ? 'primary' : 'secondary'} onClick={onChange}>
            {rater.isExcluded ? 'Include again…' : 'Exclude…'}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function seen({ votes, surplus, pairs, firstSeen, lastSeen }: RaterView): string {
  const days =
    day(firstSeen) === day(lastSeen) ? day(firstSeen) : `${day(firstSeen)} to ${day(lastSeen)}`;
  const more = surplus > 0 ? `, ${surplus.toLocaleString('en')} on pairs that were full` : '';
  return `${count(votes, 'vote')} on ${count(pairs, 'pair')}${more}; ${days}`;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Likelihoods({ rater: { answers } }: { rater: RaterView }) {
  if (answers === null)
    return (
      <Part title="Careless or honest?">
        <p className="text-sm text-ink-faint">None of the votes is in a ranking.</p>
      </Part>
    );
  const promoter = answers.promoted === null ? 'an arm' : `“${answers.promoted}”`;
  return (
    <Part title="Careless or honest?">
      <ul className="flex flex-col gap-1 text-sm">
        {[
          { who: 'answers at random', e: answers.eRandom },
          { who: 'presses one button', e: answers.eSide },
          { who: `promotes ${promoter}`, e: answers.ePromoter },
        ].map(({ who, e }) => (
          <li key={who}>
            <span className="font-medium tabular-nums">{timesLikelier(e)}</span>{' '}
            <span className="text-ink-soft">likelier from somebody who {who}</span>
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-faint">
        Than from an honest rater, as the others&apos; votes predict one. Below 1 speaks for an
        honest one.
      </p>
    </Part>
  );
}

function Influence({ rater: { influence, isExcluded } }: { rater: RaterView }) {
  if (influence === null)
    return isExcluded ? null : (
      <Part title="The ranking without this rater">
        <p className="text-sm text-ink-faint">The same: none of its votes is in it.</p>
      </Part>
    );
  const order = influence.topChanges
    ? 'Another arm would come first.'
    : influence.rankChanges
      ? 'Some arms would change places; the first would stay.'
      : 'The order of the arms would stay.';
  return (
    <Part title="The ranking without this rater">
      <p className="text-sm text-ink-soft">{order}</p>
      <ul className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-sm">
        {influence.changes.map(({ arm, elo }) => (
          <li key={arm} className="col-span-2 grid grid-cols-subgrid">
            <span className="text-right font-medium tabular-nums">{eloChange(elo)}</span>
            <span className="min-w-0 truncate text-ink-soft">{arm}</span>
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-faint">In Elo points, the mean of all questions.</p>
    </Part>
  );
}
