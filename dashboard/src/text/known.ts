export const UNKNOWN = "unknown";

/** What is shown of a fact that the chain may not publish: the node answers null then. */
export const knownText = <T>(
  value: T | null | undefined,
  text: (known: T) => string = String,
): string => (value === null || value === undefined ? UNKNOWN : text(value));
