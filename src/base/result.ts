/** Expected failure is a value. A thrown exception means a bug, a trap of the runtime, or the end of a resource. */
export type Result<T, E> =
  | {readonly ok: true; readonly value: T}
  | {readonly ok: false; readonly error: E};

export function ok(): Result<void, never>;
export function ok<T>(value: T): Result<T, never>;
export function ok(value?: unknown): Result<unknown, never> {
  return {ok: true, value};
}

export function err<E>(error: E): Result<never, E> {
  return {ok: false, error};
}

/** For tests and for places where failure is a bug: the value, or an exception naming the error. */
export function unwrap<T, E>(result: Result<T, E>): T {
  if (result.ok) return result.value;
  throw new Error(`unwrapped a failure: ${describe(result.error)}`);
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message;
  return JSON.stringify(error, (_, value) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}
