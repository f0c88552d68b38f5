import {err, ok, type Result} from "#base";

/** JSON that is not what its place takes. */
export interface NamedMisfit {
  readonly code: "misfit";
  /** Where, as names and indices: `System.Account[0].data.free`. */
  readonly at: string;
  /** What belongs there. */
  readonly expected: string;
}

/** Types in each other, and values in all, that one document may come to: what is left out has to end too. */
const MAX_DEPTH = 512;
const MAX_VALUES = 4_194_304;

/** A place in a JSON document, and how to leave it: at the first misfit, from any depth. */
export class Place {
  readonly #path: string;
  readonly #depth: number;
  readonly #values: {count: number};

  constructor(path: string, depth = 0, values = {count: 0}) {
    this.#path = path;
    this.#depth = depth;
    this.#values = values;
  }

  field(name: string): Place {
    return this.#at(this.#path === "" ? name : `${this.#path}.${name}`);
  }

  item(index: number): Place {
    return this.#at(`${this.#path}[${index}]`);
  }

  /** The same place for a value in the type there. Types come from metadata, which may be anybody's. */
  inside(): Place {
    if (this.#depth >= MAX_DEPTH) this.expect(`types nested at most ${MAX_DEPTH} deep`);
    if (++this.#values.count > MAX_VALUES) this.expect(`at most ${MAX_VALUES} values`);
    return new Place(this.#path, this.#depth + 1, this.#values);
  }

  #at(path: string): Place {
    return new Place(path, this.#depth, this.#values);
  }

  expect(expected: string): never {
    throw new MisfitError({code: "misfit", at: this.#path, expected});
  }
}

/** Ends a reading; `attemptReading` turns it into a value. */
class MisfitError extends Error {
  readonly misfit: NamedMisfit;

  constructor(misfit: NamedMisfit) {
    super(`${misfit.at}: expected ${misfit.expected}`);
    this.misfit = misfit;
  }
}

export function attemptReading<T>(read: () => T): Result<T, NamedMisfit> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof MisfitError) return err(error.misfit);
    throw error;
  }
}
