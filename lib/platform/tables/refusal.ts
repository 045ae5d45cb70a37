/** A task that is not done at all; its message is a sentence for the person who wrote it. */
export class Refusal extends Error {}
