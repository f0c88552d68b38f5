import {err, ok, type Result} from "#base";

/** A value that is not what its place takes. */
export interface ValueMisfit {
  /** `type-unknown`: nothing can be written there, since the type is known by its name alone. */
  readonly code: "misfit" | "type-unknown";
  /** Where, as names and indices: `dest.value`, `calls[0].Balances`. Empty: the value itself. */
  readonly at: string;
  /** What belongs there. */
  readonly expected: string;
}

/** Ends a writing from any depth; the places are put before it on its way up, so that what fits pays nothing for them. */
export class MisfitError extends Error {
  readonly misfit: ValueMisfit;

  constructor(misfit: ValueMisfit) {
    super(`${misfit.at === "" ? "the value" : misfit.at}: expected ${misfit.expected}`);
    this.misfit = misfit;
  }
}

export function expect(expected: string, code: ValueMisfit["code"] = "misfit"): never {
  throw new MisfitError({code, at: "", expected});
}

/** The same failure, seen from around the place. */
export function inside(error: unknown, place: string | number): unknown {
  if (!(error instanceof MisfitError)) return error;
  const {at} = error.misfit;
  return new MisfitError({...error.misfit, at: joinPlaces(placeName(place), at)});
}

const placeName = (place: string | number) => (typeof place === "number" ? `[${place}]` : place);

function joinPlaces(outer: string, inner: string): string {
  return inner === "" || outer === "" || inner.startsWith("[")
    ? outer + inner
    : `${outer}.${inner}`;
}

/** Runs a writing: the one place where a `MisfitError` becomes a value. */
export function attemptWriting<T>(write: () => T): Result<T, ValueMisfit> {
  try {
    return ok(write());
  } catch (error) {
    if (error instanceof MisfitError) return err(error.misfit);
    throw error;
  }
}
