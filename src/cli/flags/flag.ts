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

/** A flag of other programs of the kind, which people have in their scripts: read, and answered in a line. */
export interface ForeignFlag {
  readonly name: string;
  /** `optional`: a value only where it is written behind `=`. */
  readonly values: "none" | "one" | "many" | "optional";
  /** Whether all goes on without it, or is refused since something would be other than asked for. */
  readonly kind: "ignored" | "refused";
  /** Why it is of no effect, or what to say instead. */
  readonly answer: string;
}

/** What was given, by flag name. */
export class FlagValues {
  readonly #values: ReadonlyMap<string, readonly string[]>;
  /** What was not a flag. */
  readonly positional: readonly string[];
  /** What has no effect, and why: a line each. */
  readonly ignored: readonly string[];

  constructor(
    values: ReadonlyMap<string, readonly string[]>,
    positional: readonly string[],
    ignored: readonly string[] = [],
  ) {
    this.#values = values;
    this.positional = positional;
    this.ignored = ignored;
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
    return new FlagValues(new Map([...lower, ...this.#values]), this.positional, this.ignored);
  }
}
