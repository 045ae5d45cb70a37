'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { ErrorNotice } from '#components/notices.tsx';

interface Shape {
  title: string;
  text: ReactNode;
  action: string;
  isDanger?: boolean;
  isOpen: boolean;
  isBusy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks once more, saying what will happen. */
export function ConfirmDialog(props: Shape) {
  return (
    <Dialog title={props.title} isOpen={props.isOpen} onClose={props.onClose}>
      <div className="text-sm text-ink-soft">{props.text}</div>
      <ErrorNotice error={props.error} />
      <DialogActions>
        <Button onClick={props.onClose}>Cancel</Button>
        <Button
          variant={props.isDanger ? 'danger' : 'primary'}
          isBusy={props.isBusy}
          onClick={props.onConfirm}
        >
          {props.action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
