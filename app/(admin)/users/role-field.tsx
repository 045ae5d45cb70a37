'use client';

import { useState } from 'react';
import { Field } from '#components/field.tsx';
import { Select } from '#components/input.tsx';
import { type Role, roleSchema } from '#lib/accounts/schema.ts';
import { ROLE_HINTS, ROLE_LABELS } from './role-labels.ts';

export function RoleField({ initialRole }: { initialRole: Role }) {
  const [role, setRole] = useState(initialRole);
  return (
    <Field label="Role" hint={ROLE_HINTS[role]}>
      <Select
        name="role"
        value={role}
        onChange={(event) => setRole(roleSchema.parse(event.target.value))}
      >
        {roleSchema.options.map((option) => (
          <option key={option} value={option}>
            {ROLE_LABELS[option]}
          </option>
        ))}
      </Select>
    </Field>
  );
}
