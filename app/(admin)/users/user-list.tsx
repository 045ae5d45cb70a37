'use client';

import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '#components/badge.tsx';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Table } from '#components/table.tsx';
import type { UserView } from '#lib/accounts/schema.ts';
import { queries } from '#lib/client/queries.ts';
import { ChangeUserDialog } from './change-user-dialog.tsx';
import { NewUserDialog } from './new-user-dialog.tsx';
import { ROLE_LABELS } from './role-labels.ts';

export function UserList() {
  const [isCreating, setIsCreating] = useState(false);
  const [changed, setChanged] = useState<UserView | null>(null);
  const users = useQuery(queries.users.list.queryOptions());
  return (
    <>
      <PageHeader
        title="Users"
        description="People with an account. Raters who open a study's link need none."
        actions={
          <Button
            variant="primary"
            icon={<UserPlus aria-hidden />}
            onClick={() => setIsCreating(true)}
          >
            New user
          </Button>
        }
      />
      <ErrorNotice error={users.error} onRetry={() => users.refetch()} />
      {users.isPending && (
        <Card>
          <SkeletonLines label="Loading the users" />
        </Card>
      )}
      {users.data && (
        <Card isFlush>
          <Table
            caption="Users"
            rows={users.data}
            rowKey={(user) => user.id}
            columns={[
              {
                key: 'name',
                header: 'Name',
                cell: (user) => (
                  <div className={user.isDisabled ? 'opacity-60' : ''}>
                    <p className="font-medium">{user.name}</p>
                    <p className="text-ink-faint [overflow-wrap:anywhere]">{user.email}</p>
                  </div>
                ),
              },
              {
                key: 'role',
                header: 'Role',
                cell: (user) =>
                  user.isDisabled ? (
                    <Badge tone="bad">Disabled</Badge>
                  ) : (
                    <Badge tone={user.role === 'admin' ? 'accent' : 'neutral'}>
                      {ROLE_LABELS[user.role]}
                    </Badge>
                  ),
              },
              {
                key: 'since',
                header: 'Since',
                isMinor: true,
                cell: (user) => (
                  <span className="text-ink-faint">
                    {new Date(user.createdAt).toLocaleDateString('en', { dateStyle: 'medium' })}
                  </span>
                ),
              },
              {
                key: 'change',
                header: <span className="sr-only">Change</span>,
                isNumber: true,
                cell: (user) => (
                  <Button
                    size="sm"
                    variant="quiet"
                    aria-label={`Change ${user.name}`}
                    onClick={() => setChanged(user)}
                  >
                    Change
                  </Button>
                ),
              },
            ]}
          />
        </Card>
      )}
      <NewUserDialog isOpen={isCreating} onClose={() => setIsCreating(false)} />
      <ChangeUserDialog user={changed} onClose={() => setChanged(null)} />
    </>
  );
}
