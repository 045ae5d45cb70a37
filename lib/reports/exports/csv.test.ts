import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('any text comes back as it was, but for the guard against formulas', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (values) => {
      const [row] = parse(csvLine(values), {
        record_delimiter: '\r\n',
        skip_empty_lines: false,
      }) as string[][];
      expect(row?.map((value) => value.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(
        values.map((value) => value.replace(/^'(?=[=+\-@\t\r])/, '')),
      );
    }),
  );
});

test('text that a spreadsheet would run is guarded, numbers are not', () => {
  expect(csvLine(['=1+1', '-crf', -2.5, null, true])).toBe("'=1+1,'-crf,-2.5,,true\r\n");
});
