import type { ReactNode } from 'react';
import { StudioShell } from '../_parts/studio-shell.tsx';

export default function StudioLayout({ children }: { children: ReactNode }) {
  return <StudioShell>{children}</StudioShell>;
}
