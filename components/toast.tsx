'use client';

import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

export interface ToastInput {
  text: string;
  tone?: 'good' | 'bad';
}

type ShownToast = ToastInput & { id: number };

const SHOWN_MS = 5_000;

const ToastContext = createContext<((toast: ToastInput) => void) | null>(null);

/** Says for a few seconds that something was done: `useToast()({ text: 'Saved' })`. */
export function useToast(): (toast: ToastInput) => void {
  const show = useContext(ToastContext);
  if (show === null) throw new Error('useToast needs a ToastProvider above it');
  return show;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const close = useCallback(
    (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)),
    [],
  );
  const show = useCallback(
    (toast: ToastInput) => {
      const id = Math.random();
      setToasts((shown) => [...shown.slice(-2), { ...toast, id }]);
      setTimeout(() => close(id), SHOWN_MS);
    },
    [close],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
      </div>
    </ToastContext>
  );
}

function ToastCard({ toast, onClose }: { toast: ShownToast; onClose: () => void }) {
  const Icon = toast.tone === 'bad' ? CircleAlert : CircleCheck;
  return (
    <div className="pointer-events-auto flex max-w-md items-center gap-3 rounded-xl bg-ink px-4 py-3 text-sm text-white shadow-float">
      <Icon aria-hidden className="size-4 shrink-0 text-white/70" />
      <span className="min-w-0 break-words">{toast.text}</span>
      <button type="button" aria-label="Close" onClick={onClose} className="-mr-1 rounded p-1">
        <X aria-hidden className="size-4 text-white/70" />
      </button>
    </div>
  );
}
