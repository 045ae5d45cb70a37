/** The mark: grains over a sieve, the heavier ones fall through. */
export function LogoMark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={className}>
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path d="M5 12.5h14" stroke="white" strokeWidth="1.6" strokeLinecap="round" opacity=".55" />
      <circle cx="7.5" cy="7.75" r="1.4" fill="white" opacity=".55" />
      <circle cx="16.5" cy="7" r="1.4" fill="white" opacity=".55" />
      <circle cx="12" cy="8.75" r="1.4" fill="white" opacity=".55" />
      <circle cx="12" cy="17" r="2.1" fill="white" />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="flex items-center gap-2">
      <LogoMark />
      <span className="text-[1.0625rem] font-semibold tracking-tight">Winnow</span>
    </span>
  );
}
