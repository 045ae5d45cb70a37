'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '#components/badge.tsx';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { EmptyState, ErrorNotice, errorText } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Table } from '#components/table.tsx';
import { useToast } from '#components/toast.tsx';
import type { MemberView } from '#lib/accounts/schema.ts';
import { queries } from '#lib/client/queries.ts';
import { AddMemberDialog } from './add-member-dialog.tsx';

const ROLE_LABELS = { rater: 'Rater', researcher: 'Researcher', admin: 'Project admin' };

export function MemberList({ slug }: { slug: string }) {
  const [isAdding, setIsAdding] = useState(false);
  const input = { project: slug };
  const project = useQuery(queries.projects.get.queryOptions({ input }));
  const members = useQuery(queries.projects.members.queryOptions({ input }));
  const canManage = project.data?.canManage === true;
  const addButton = canManage && (
    <Button variant="primary" icon={<UserPlus aria-hidden />} onClick={() => setIsAdding(true)}>
      Add a member
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Members"
        description="They see and change what is in this project. Admins of Winnow see every project."
        actions={members.data?.length ? addButton : null}
      />
      <ErrorNotice error={members.error} onRetry={() => members.refetch()} />
      {members.isPending && (
        <Card>
          <SkeletonLines label="Loading the members" />
        </Card>
      )}
      {members.data?.length === 0 && (
        <EmptyState icon={<Users />} title="Nobody is a member yet" action={addButton}>
          Add the people who work on these studies. Raters need no membership.
        </EmptyState>
      )}
      {members.data && members.data.length > 0 && (
        <Card isFlush>
          <Table
            caption="Members of the project"
            rows={members.data}
            rowKey={(member) => member.userId}
            columns={[
              {
                key: 'name',
                header: 'Name',
                cell: (member) => (
                  <>
                    <p className="font-medium">{member.name}</p>
                    <p className="text-ink-faint [overflow-wrap:anywhere]">{member.email}</p>
                  </>
                ),
              },
              {
                key: 'role',
                header: 'Role',
                cell: ({ role }) => (
                  <Badge tone={role === 'admin' ? 'accent' : 'neutral'}>{ROLE_LABELS[role]}</Badge>
                ),
              },
              ...(canManage
                ? [
                    {
                      key: 'remove',
                      header: <span className="sr-only">Remove</span>,
                      cell: (member: MemberView) => <RemoveMember slug={slug} member={member} />,
                      isNumber: true,
                    },
                  ]
                : []),
            ]}
          />
        </Card>
      )}
      <AddMemberDialog slug={slug} isOpen={isAdding} onClose={() => setIsAdding(false)} />
    </>
  );
}

function RemoveMember({ slug, member }: { slug: string; member: MemberView }) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation(
    queries.projects.removeMember.mutationOptions({
      onSuccess: () => {
        toast({ text: `${member.name} is no longer a member.` });
        return queryClient.invalidateQueries({ queryKey: queries.projects.key() });
      },
      onError: (error) => toast({ text: errorText(error), tone: 'bad' }),
    }),
  );
  return (
    <Button
      variant="quiet"
      size="sm"
      isBusy={remove.isPending}
      aria-label={`Remove ${member.name}`}
      onClick={() => remove.mutate({ project: slug, userId: member.userId })}
    >
      Remove
    </Button>
  );
}
