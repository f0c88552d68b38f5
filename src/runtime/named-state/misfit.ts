import {err, ok, type Result} from "#base";

/** JSON that is not what its place takes. */
export interface NamedMisfit {
  readonly code: "misfit";
  /** Where, as names and indices: `System.Account[0].data.free`. */
  readonly at: string;
  /** What belongs there. */
  readonly expected: string;
}

/** A place in a JSON document, and how to leave it: at the first misfit, from any depth. */
export class Place {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  field(name: string): Place {
    return new Place(this.#path === "" ? name : `${this.#path}.${name}`);
  }

  item(index: number): Place {
    return new Place(`${this.#path}[${index}]`);
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
