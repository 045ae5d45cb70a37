import type { ButtonHTMLAttributes, ReactNode } from 'react';

const FOCUS = 'focus-visible:outline-3 focus-visible:outline-offset-2 focus-visible:outline-white';
const LOOKS = {
  solid: 'bg-neutral-100 text-neutral-900 hover:bg-white',
  plain: 'bg-neutral-700 text-neutral-100 hover:bg-neutral-600',
  quiet: 'bg-transparent text-neutral-200 hover:bg-neutral-700',
};
const SIZES = {
  normal: 'min-h-11 px-4 text-base',
  small: 'min-h-11 px-2 text-sm sm:px-3',
  large: 'min-h-14 px-10 text-lg',
  square: 'size-11 shrink-0',
};

interface RatingButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
  children: ReactNode;
}

/** A button on the dark surround: grey only, so that no colour sits next to the videos. */
export function RatingButton({
  look = 'plain',
  size = 'normal',
  className = '',
  ...rest
}: RatingButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex items-center justify-center gap-2 rounded-lg font-medium disabled:text-neutral-500 disabled:hover:bg-transparent ${SIZES[size]} ${LOOKS[look]} ${FOCUS} ${className}`}
      {...rest}
    />
  );
}

/** A square button with a picture; `label` is read out and shown when pointed at. */
export function IconButton({
  label,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { label: string; children: ReactNode }) {
  return <RatingButton look="quiet" size="square" aria-label={label} title={label} {...rest} />;
}
