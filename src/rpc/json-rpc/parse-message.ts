import {requestIds} from "./request-ids.ts";

export interface Message {
  /** As `JSON.parse` has it. */
  readonly json: unknown;
  /** The text of the id of the one request, or of each of a batch. */
  readonly ids: readonly (string | undefined)[];
}

/** Undefined when it is no JSON. */
export function parseMessage(text: string): Message | undefined {
  try {
    return {json: JSON.parse(text), ids: requestIds(text)};
  } catch {
    return undefined;
  }
}
