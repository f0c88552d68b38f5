/** As json-schema.org draft 7 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** How one JSON value is read from a client. */
export interface Reader<T> {
  /** For people, after "expected": `0x-prefixed hex of 32 bytes`. */
  readonly expected: string;
  /** The same for programs: which JSON it takes. */
  readonly schema: JsonSchema;
  /** Undefined when the value is something else. */
  read(json: unknown): T | undefined;
}

/** What a value is, without repeating it: it may be a secret, or long. */
export function describeJson(json: unknown): string {
  if (json === null) return "null";
  if (Array.isArray(json)) return `a list of ${json.length}`;
  switch (typeof json) {
    case "string":
      return `a string of ${json.length} characters`;
    case "object":
      return "an object";
    default:
      return `a ${typeof json}`;
  }
}
