/** One command-line flag. `values`: none for a switch, one, or as many as times given. */
export interface Flag {
  /** Without dashes: `rpc-port`. Substrate's name wherever Substrate has one. */
  readonly name: string;
  readonly short?: string;
  readonly alias?: string;
  readonly group: string;
  readonly values: "none" | "one" | "many";
  /** What stands for the value in help: `PORT`. */
  readonly placeholder?: string;
  readonly docs: string;
  /** Shown in help. */
  readonly standard?: string;
  /** Its value is for nobody's eyes. */
  readonly isSecret?: boolean;
}

/** What was given, by flag name. */
export class FlagValues {
  readonly #values: ReadonlyMap<string, readonly string[]>;
  /** What was not a flag. */
  readonly positional: readonly string[];

  constructor(values: ReadonlyMap<string, readonly string[]>, positional: readonly string[]) {
    this.#values = values;
    this.positional = positional;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The last value given. */
  one(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  many(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** These, and those of `lower` for flags that were not given. */
  over(lower: ReadonlyMap<string, readonly string[]>): FlagValues {
    return new FlagValues(new Map([...lower, ...this.#values]), this.positional);
  }
}
