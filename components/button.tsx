import { LoaderCircle } from 'lucide-react';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Link, type LinkProps } from './link.tsx';

interface Look {
  /** primary: the one thing to do here; danger: what can't be taken back. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'sm' | 'md';
  icon?: ReactNode;
}

const VARIANTS = {
  primary: 'bg-accent text-white shadow-card hover:bg-accent-strong',
  secondary:
    'border border-line-strong bg-surface text-ink shadow-card hover:bg-sunken hover:border-ink-faint',
  quiet: 'text-ink-soft hover:bg-sunken hover:text-ink',
  danger: 'bg-bad text-white shadow-card hover:brightness-90',
};
const SIZES = { sm: 'h-8 gap-1.5 px-2.5 text-sm', md: 'h-10 gap-2 px-4 text-[0.9375rem]' };

function look({ variant = 'secondary', size = 'md' }: Look, className?: string): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center rounded-lg font-medium whitespace-nowrap',
    'transition-colors [&_svg]:size-4 [&_svg]:shrink-0',
    'disabled:pointer-events-none disabled:opacity-50',
    VARIANTS[variant],
    SIZES[size],
    className,
  );
}

export interface ButtonProps extends Look, ComponentPropsWithRef<'button'> {
  /** Shows that something runs and takes no second press. */
  isBusy?: boolean;
}

export function Button({
  variant,
  size,
  icon,
  isBusy = false,
  type = 'button',
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={look({ ...(variant && { variant }), ...(size && { size }) }, className)}
    >
      {isBusy ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      {children}
    </button>
  );
}

/** A link that looks like a button: for going somewhere. */
export function LinkButton({
  variant,
  size,
  icon,
  className,
  children,
  ...rest
}: Look & LinkProps) {
  return (
    <Link
      {...rest}
      className={look({ ...(variant && { variant }), ...(size && { size }) }, className)}
    >
      {icon}
      {children}
    </Link>
  );
}
