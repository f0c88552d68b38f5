export interface BudgetOptions {
  /** What all holders together may have. */
  readonly limit: number;
  /** Of the limit, what only small holders may use: whoever asks for little gets it while others hold much. */
  readonly reserve: number;
  /** What a holder may have to count as small. */
  readonly small: number;
}

/** One holder's part of a budget. */
export interface Holding {
  readonly amount: number;
  /** Asks for so much in all. False when it cannot be had: then it is as before. Less can always be had. */
  resize(amount: number): boolean;
  /** From here on nobody can take it away. */
  settle(): void;
  /** Gives all of it back, for good. */
  release(): void;
}

/**
 * An amount that all clients of the process share. When there is too little left, whoever holds most of what can be
 * taken away loses it: a client that fills the budget makes room for others at its own expense, and one that holds little
 * is not noticed.
 */
export class Budget {
  readonly #options: BudgetOptions;
  readonly #revocable = new Set<OpenHolding>();
  #used = 0;

  constructor(options: BudgetOptions) {
    this.#options = options;
  }

  get used(): number {
    return this.#used;
  }

  get limit(): number {
    return this.#options.limit;
  }

  /** `onRevoked`: it was taken away, and is released; without one it cannot be. */
  open(onRevoked?: () => void): Holding {
    const holding = new OpenHolding((held, amount) => this.#resize(held, amount), onRevoked);
    if (onRevoked !== undefined) this.#revocable.add(holding);
    return holding;
  }

  #resize(holding: OpenHolding, amount: number | undefined): boolean {
    if (amount === undefined) {
      this.#revocable.delete(holding);
      return true;
    }
    const growth = amount - holding.amount;
    if (growth > 0 && !this.#makeRoom(amount, growth)) return false;
    this.#used += growth;
    return true;
  }

  #makeRoom(amount: number, growth: number): boolean {
    const {limit, reserve, small} = this.#options;
    let missing = this.#used + growth - (amount <= small ? limit : limit - reserve);
    if (missing <= 0) return true;
    const larger = [...this.#revocable]
      .filter(holding => holding.amount > amount)
      .sort((a, b) => b.amount - a.amount);
    const losers: OpenHolding[] = [];
    for (const holding of larger) {
      if (missing <= 0) break;
      losers.push(holding);
      missing -= holding.amount;
    }
    // Nobody loses anything for what cannot be had all the same.
    if (missing > 0) return false;
    for (const holding of losers) holding.revoke();
    return true;
  }
}

class OpenHolding implements Holding {
  readonly #ask: (holding: OpenHolding, amount: number | undefined) => boolean;
  readonly #onRevoked: (() => void) | undefined;
  #amount = 0;
  #isReleased = false;

  constructor(
    ask: (holding: OpenHolding, amount: number | undefined) => boolean,
    onRevoked: (() => void) | undefined,
  ) {
    this.#ask = ask;
    this.#onRevoked = onRevoked;
  }

  get amount(): number {
    return this.#amount;
  }

  resize(amount: number): boolean {
    if (this.#isReleased || !this.#ask(this, amount)) return false;
    this.#amount = amount;
    return true;
  }

  settle(): void {
    this.#ask(this, undefined);
  }

  release(): void {
    if (this.#isReleased) return;
    this.resize(0);
    this.settle();
    this.#isReleased = true;
  }

  revoke(): void {
    this.release();
    this.#onRevoked?.();
  }
}
