import type { Parameter } from '#lib/platform/tables/task.ts';

/** Collects the values of one statement: each becomes a named parameter, never a part of its text. */
export class Bindings {
  readonly #values: Record<string, Parameter> = {};

  /** A text for the statement that stands for this text. */
  text(value: string): string {
    return `$${this.#add(value)}`;
  }

  /** A text for the statement that stands for this number, as a double. */
  number(value: number): string {
    return `$${this.#add(value)}::DOUBLE`;
  }

  /** What the door to tables wants. */
  get parameters(): Readonly<Record<string, Parameter>> {
    return this.#values;
  }

  #add(value: Parameter): string {
    const name = `p${Object.keys(this.#values).length}`;
    this.#values[name] = value;
    return name;
  }
}
