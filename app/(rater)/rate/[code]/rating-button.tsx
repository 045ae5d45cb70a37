import type { ButtonHTMLAttributes, ReactNode } from 'react';

const FOCUS = 'focus-visible:outline-3 focus-visible:outline-offset-2 focus-visible:outline-white';
const LOOKS = {
  solid: 'bg-neutral-100 text-neutral-900 hover:bg-white',
  plain: 'bg-neutral-700 text-neutral-100 hover:bg-neutral-600',
  quiet: 'bg-transparent text-neutral-200 hover:bg-neutral-700',
};

interface RatingButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof LOOKS;
  children: ReactNode;
}

/** A button on the dark surround: grey only, so that no colour sits next to the videos. */
export function RatingButton({ look = 'plain', className = '', ...rest }: RatingButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex min-h-11 items-center justify-center gap-2 rounded-lg px-4 text-base font-medium disabled:text-neutral-500 disabled:hover:bg-transparent ${LOOKS[look]} ${FOCUS} ${className}`}
      {...rest}
    />
  );
}

/** A square button with a picture; `label` is read out and shown when pointed at. */
export function IconButton({
  label,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { label: string; children: ReactNode }) {
  return (
    <RatingButton
      look="quiet"
      className="w-11 shrink-0 px-0"
      aria-label={label}
      title={label}
      {...rest}
    />
  );
}
