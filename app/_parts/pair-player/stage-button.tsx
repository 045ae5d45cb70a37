import type { ReactNode } from 'react';

/** A press that the pair waits for, in the middle of it. */
export function StageButton({
  onPress,
  label,
  icon,
}: {
  onPress: () => void;
  label: string;
  icon: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="absolute flex min-h-14 items-center gap-2 rounded-full bg-neutral-100 px-6 text-base font-medium text-neutral-900 shadow-lg focus-visible:outline-3 focus-visible:outline-offset-2 focus-visible:outline-white"
    >
      {icon}
      {label}
    </button>
  );
}
