import { useMutation } from '@tanstack/react-query';
import { api } from '#lib/client/api.ts';
import type { ImportKind, LayoutChoice } from '#lib/generation/schema.ts';
import type { PickedFile } from './picked-files.ts';
import { sendFile } from './send-file.ts';
import { createUpload, type Upload } from './upload.ts';

export interface StartedUpload {
  readonly slug: string;
  readonly name: string;
  readonly upload: Upload;
}

export interface UploadChoice {
  readonly name: string;
  readonly kind: ImportKind;
  readonly layout: LayoutChoice;
  readonly files: readonly PickedFile[];
}

/** Creates the import (or finds it by its name) and begins to send its files. */
export function useStartUpload(project: string, onStart: (started: StartedUpload) => void) {
  return useMutation({
    mutationFn: async ({ name, kind, layout, files }: UploadChoice): Promise<StartedUpload> => {
      const source = { kind: 'upload' as const, layout };
      const created = await api.imports.create({ project, name, kind, source });
      const address = { project, import: created.slug };
      const upload = createUpload(files, {
        missing: async (offered) =>
          (await api.imports.missing({ ...address, files: [...offered] })).missing,
        send: ({ path, file }, options) =>
          sendFile(
            `/api/uploads/${project}/${created.slug}?path=${encodeURIComponent(path)}`,
            file,
            options,
          ),
        now: () => performance.now(),
      });
      return { slug: created.slug, name: created.name, upload };
    },
    onSuccess: onStart,
  });
}
