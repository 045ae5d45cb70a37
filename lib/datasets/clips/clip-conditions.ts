import { AppError } from '#lib/core/errors.ts';
import { quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { CanonicalColumn } from '../schema.ts';
import type { Bindings } from '../subsets/bindings.ts';
import type { ClipFilter, ClipOrder } from './schema.ts';

type Columns = readonly Pick<CanonicalColumn, 'name' | 'type'>[];

/**
 * SQL that is true for the clips of a filter.
 *
 * @throws AppError BAD_INPUT for a column that the table lacks or that can't be compared so
 */
export function filterSql(columns: Columns, filter: ClipFilter, bindings: Bindings): string {
  const conditions = filter.ranges.flatMap(({ column, min, max, has }, index) => {
    const name = quoteIdentifier(numberColumn(columns, column, `ranges.${index}.column`));
    if (has === 'missing') return [`${name} IS NULL`];
    return [
      ...(min === undefined ? [] : [`${name} >= ${bindings.number(min)}`]),
      ...(max === undefined ? [] : [`${name} <= ${bindings.number(max)}`]),
      ...(min === undefined && max === undefined ? [`${name} IS NOT NULL`] : []),
    ];
  });
  const text = filter.contains?.trim() ?? '';
  if (text !== '') {
    const sought = bindings.text(text.toLowerCase());
    const places = textColumns(columns, filter.containsIn).map(
      (name) => `contains(lower(${quoteIdentifier(name)}), ${sought})`,
    );
    // Without COALESCE an absent caption would make the whole condition unknown, which is as good as false.
    conditions.push(`(${places.join(' OR ')})`);
  }
  return conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');
}

/** SQL of what a list is ordered by. @throws AppError BAD_INPUT */
export function orderSql(columns: Columns, { sort, direction }: ClipOrder): string[] {
  if (sort === undefined) return [];
  if (!columns.some(({ name }) => name === sort)) throw unknown(columns, sort, 'sort');
  return [`${quoteIdentifier(sort)} ${direction === 'asc' ? 'ASC' : 'DESC'} NULLS LAST`];
}

function numberColumn(columns: Columns, name: string, field: string): string {
  const column = columns.find((each) => each.name === name);
  if (!column) throw unknown(columns, name, field);
  if (column.type === 'VARCHAR')
    throw new AppError('BAD_INPUT', `The column ${name} holds texts, which have no range.`, {
      field,
    });
  return name;
}

function textColumns(columns: Columns, only: string | undefined): string[] {
  const texts = columns.filter(({ name, type }) => type === 'VARCHAR' && name !== 'uid');
  const chosen = only === undefined ? texts : texts.filter(({ name }) => name === only);
  if (chosen.length === 0) throw unknown(texts, only ?? '', 'containsIn');
  return chosen.map(({ name }) => name);
}

function unknown(columns: Columns, name: string, field: string): AppError {
  const names = columns.map((column) => column.name).join(', ');
  return new AppError('BAD_INPUT', `There is no column ${name}; choose one of ${names}.`, {
    field,
  });
}
