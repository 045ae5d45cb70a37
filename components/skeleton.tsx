import { classNames } from './class-names.ts';

/** A grey shape in place of what is still loading. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string }) {
  return <div aria-hidden className={classNames('animate-pulse rounded-md bg-line', className)} />;
}

const WIDTHS = ['w-11/12', 'w-4/5', 'w-full', 'w-3/5', 'w-9/12'];

/** Lines of text that are still loading; says so to screen readers. */
export function SkeletonLines({
  count = 3,
  label = 'Loading',
}: {
  count?: number;
  label?: string;
}) {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never move
        <Skeleton key={index} className={`h-4 ${WIDTHS[index % WIDTHS.length]}`} />
      ))}
    </div>
  );
}
