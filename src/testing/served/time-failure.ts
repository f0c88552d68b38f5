import {timeToolError} from "#rpc";

/** Why something that only development chains do was not done, in the words that clients get. */
export function timeFailure(what: string, failure: Parameters<typeof timeToolError>[0]): Error {
  const {message, data} = timeToolError(failure);
  const more =
    data === undefined ? "" : ` (${typeof data === "string" ? data : JSON.stringify(data)})`;
  return new Error(`${what}: ${message}${more}`);
}
