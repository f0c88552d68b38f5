export const UNKNOWN = "unknown";

/** What is shown of a fact that the chain may not publish. */
export const orUnknown = <T>(
  known: T | null | undefined,
  text: (known: T) => string = String,
): string => (known === null || known === undefined ? UNKNOWN : text(known));
