import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { fieldError, formError } from './field-error.ts';

const refused = new ORPCError('BAD_INPUT', {
  message: 'Check "email": write an address.',
  data: { field: 'email', fields: ['email: write an address', 'name: write a name'] },
});
const taken = new ORPCError('CONFLICT', { message: 'Somebody has it.', data: { field: 'email' } });

test('says what is wrong with each field', () => {
  expect(fieldError(refused, 'email')).toBe('Write an address.');
  expect(fieldError(refused, 'name')).toBe('Write a name.');
  expect(fieldError(refused, 'password')).toBeNull();
  expect(fieldError(taken, 'email')).toBe('Somebody has it.');
  expect(fieldError(new Error('lost'), 'email')).toBeNull();
});

test('the form says what no field says', () => {
  expect(formError(taken, ['name', 'email'])).toBeNull();
  expect(formError(taken, ['name'])).toBe(taken);
  expect(formError(null, ['name'])).toBeNull();
});
