'use client';

import { FileVideo, FolderOpen, Upload } from 'lucide-react';
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react';
import { Button } from '#components/button.tsx';
import { classNames } from '#components/class-names.ts';
import { ErrorNotice } from '#components/notices.tsx';
import { filesOfDrop, filesOfInput, type PickedFile } from './picked-files.ts';

/** Every browser knows it; React's types do not. */
const PICKS_FOLDERS = { webkitdirectory: '' };

/** A place to drop a folder or files on, with buttons that choose them. */
export function DropZone({ onChoose }: { onChoose: (files: readonly PickedFile[]) => void }) {
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    filesOfDrop(event.dataTransfer).then(onChoose, setError);
  };
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    if (event.target.files) onChoose(filesOfInput(event.target.files));
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside do the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={(event) => {
          const to = event.relatedTarget;
          if (!(to instanceof Node && event.currentTarget.contains(to))) setIsOver(false);
        }}
        onDrop={drop}
        className={classNames(
          'flex flex-col items-center gap-4 rounded-xl border-2 border-dashed px-6 py-10 text-center transition-colors',
          isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-canvas',
        )}
      >
        <Upload aria-hidden className="size-6 text-ink-faint" />
        <p className="text-ink-soft">Drop a folder or files here, or choose them.</p>
        <div className="flex flex-wrap justify-center gap-2">
          <Button icon={<FolderOpen aria-hidden />} onClick={() => folder.current?.click()}>
            Choose a folder
          </Button>
          <Button icon={<FileVideo aria-hidden />} onClick={() => files.current?.click()}>
            Choose files
          </Button>
        </div>
        <input
          ref={folder}
          type="file"
          aria-label="Folder"
          multiple
          {...PICKS_FOLDERS}
          onChange={change}
          className="hidden"
        />
        <input
          ref={files}
          type="file"
          aria-label="Files"
          multiple
          onChange={change}
          className="hidden"
        />
      </div>
      <ErrorNotice title="The dropped files can't be read" error={error} />
    </>
  );
}
