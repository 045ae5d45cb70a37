import { Skeleton } from '#components/skeleton.tsx';

export function LoadingForm() {
  return (
    <div role="status" className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
      <span className="sr-only">Loading the form</span>
      <Skeleton className="h-96 rounded-xl" />
      <Skeleton className="h-72 rounded-xl" />
    </div>
  );
}
