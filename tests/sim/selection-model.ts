/**
 * Who collates, by the policy's words and in a few lines of its own: written from the description, not from the
 * runtime, so that the two can be held against each other.
 */
export class SelectionModel {
  readonly #rules: SelectionRules;
  /** Blocks that each one authored. */
  readonly #authored = new Map<string, number[]>();
  /** From when on silence counts for a candidate. */
  readonly #graceUntil = new Map<string, number>();
  validators: readonly string[];
  queued: readonly string[];
  candidates: readonly string[] = [];

  constructor(rules: SelectionRules) {
    this.#rules = rules;
    this.validators = rules.invulnerables;
    this.queued = rules.invulnerables;
  }

  /** A block begins: its author is noted, then the session changes if it is time. */
  begin(number: number, slot: number): {readonly author: string; readonly kicked: string[]} {
    const author = this.validators[slot % this.validators.length]!;
    this.#authored.set(author, [...(this.#authored.get(author) ?? []), number]);
    this.#graceUntil.delete(author);
    if (number % this.#rules.session !== 0) return {author, kicked: []};
    const kicked: string[] = [];
    const {invulnerables, minimum} = this.#rules;
    for (const candidate of this.candidates) {
      const left = invulnerables.length + this.candidates.length - kicked.length;
      if (this.#isSilent(candidate, number) && left > minimum) kicked.push(candidate);
    }
    this.candidates = this.candidates.filter(candidate => !kicked.includes(candidate));
    this.validators = this.queued;
    this.queued = [...invulnerables, ...this.candidates];
    for (const gone of kicked) this.leave(gone);
    return {author, kicked};
  }

  /** Nothing authored for a whole threshold, and long enough a candidate for that to count. */
  #isSilent(candidate: string, now: number): boolean {
    const {threshold} = this.#rules;
    const since = Math.max(
      this.#graceUntil.get(candidate) ?? 0,
      this.#authored.get(candidate)?.at(-1) ?? 0,
    );
    return now - since >= threshold;
  }

  join(number: number, who: string): void {
    this.candidates = [...this.candidates, who];
    this.#graceUntil.set(who, number + this.#rules.threshold);
  }

  leave(who: string): void {
    this.candidates = this.candidates.filter(candidate => candidate !== who);
    this.#authored.delete(who);
    this.#graceUntil.delete(who);
  }
}

export interface SelectionRules {
  readonly invulnerables: readonly string[];
  /** Blocks. */
  readonly session: number;
  readonly threshold: number;
  readonly minimum: number;
}
