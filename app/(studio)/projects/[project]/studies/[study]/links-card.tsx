import { Card } from '#components/card.tsx';
import { CopyButton } from '#components/copy-button.tsx';
import { TextLink } from '#components/link.tsx';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';

const RATER_NOTES = {
  draft: 'Works once the study is open.',
  running: 'Whoever has it can rate; nobody needs an account.',
  paused: 'Raters are told that the study is paused.',
  closed: 'Raters are told that the study is over.',
};

/** The two addresses to hand out. */
export function LinksCard({ study }: { study: StudyDetail }) {
  return (
    <Card title="Links">
      <div className="flex flex-col gap-5">
        <LinkRow label="For raters" note={RATER_NOTES[study.state]} url={study.raterUrl} isMain />
        <LinkRow
          label="For a trial"
          note="Rate as a rater does; these votes never count."
          url={study.trialUrl}
        />
      </div>
    </Card>
  );
}

function LinkRow(props: { label: string; note: string; url: string; isMain?: boolean }) {
  const { label, note, url } = props;
  return (
    <div>
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-sm font-medium">{label}</h3>
        <CopyButton
          text={url}
          label="Copy"
          {...(props.isMain ? {} : { variant: 'quiet' as const })}
        />
      </div>
      <TextLink
        href={url}
        target="_blank"
        rel="noreferrer"
        className="mt-1 block truncate font-mono text-xs"
      >
        {url.replace(/^https?:\/\//, '')}
      </TextLink>
      <p className="mt-1 text-sm text-ink-faint">{note}</p>
    </div>
  );
}
