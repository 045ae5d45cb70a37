'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '#components/card.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { queries } from '#lib/client/queries.ts';
import { LayoutTrees } from '../layout-trees.tsx';
import { ClipTableForm } from './clip-table-form.tsx';
import { ServerForm } from './server-form.tsx';
import { UploadForm } from './upload-form.tsx';
import { UploadPanel } from './upload-panel.tsx';
import type { StartedUpload } from './use-start-upload.ts';

interface Shape {
  project: string;
  initialName: string;
  /** The dataset whose captions are to be compared. */
  initialDataset: { dataset: string; version: number | undefined } | null;
}

/** The way to a new import: files of this computer, a folder of the server, captions of a dataset. */
export function NewImport({ project, initialName, initialDataset }: Shape) {
  const [started, setStarted] = useState<StartedUpload | null>(null);
  const sources = useQuery(queries.imports.sources.queryOptions({ input: { project } }));
  const datasets = useQuery(queries.datasets.list.queryOptions({ input: { project } }));
  const importRoots = sources.data?.importRoots ?? [];
  const tables = datasets.data?.datasets.filter(({ versions }) =>
    versions.some(({ state }) => state === 'done'),
  );
  const crumbs = [{ href: `/projects/${project}/imports`, label: 'Imports' }];
  if (started)
    return (
      <>
        <PageHeader title={started.name} crumbs={crumbs} />
        <UploadPanel project={project} started={started} />
      </>
    );
  const fromDataset = tables && tables.length > 0 && (
    <Card
      title="From a dataset"
      description="Captions that are columns of a clip table: raters see the clip and two captions."
    >
      <ClipTableForm project={project} datasets={tables} initial={initialDataset} />
    </Card>
  );
  return (
    <>
      <PageHeader
        title="New import"
        crumbs={crumbs}
        description="The originals are kept as they are. Raters will see uniform copies without names or metadata."
      />
      <div className="flex flex-col gap-6">
        {initialDataset && fromDataset}
        <Card title="From this computer">
          <UploadForm project={project} initialName={initialName} onStart={setStarted} />
        </Card>
        {importRoots.length > 0 && (
          <Card
            title="From the server"
            description="The server reads a folder or a table itself; nothing is uploaded."
          >
            <ServerForm project={project} importRoots={importRoots} />
          </Card>
        )}
        {!initialDataset && fromDataset}
        <section aria-labelledby="layouts" className="flex flex-col gap-3">
          <h2 id="layouts" className="font-semibold">
            How the files may lie
          </h2>
          <LayoutTrees />
        </section>
      </div>
    </>
  );
}
