/** A tool as the Model Context Protocol lists and calls it. */
export interface Tool {
  /** Letters, digits, `_` and `-`, 64 at most. */
  readonly name: string;
  readonly description: string;
  readonly inputSchema: {
    readonly type: "object";
    readonly properties: Readonly<Record<string, object>>;
    readonly required: readonly string[];
    readonly additionalProperties: false;
  };
  /** It changes something: the chain, the pool or the node. */
  readonly writes: boolean;
  /** Answers what JSON can hold; throws `ToolFault` for what the assistant may mend. */
  call(input: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** Told to the assistant in these words. */
export class ToolFault extends Error {}

/** Arguments that a tool does not have are refused by name, the rest is the node's to judge. */
export function refuseUnknown(
  {name, inputSchema: {properties, required}}: Omit<Tool, "call">,
  input: Readonly<Record<string, unknown>>,
): void {
  const known = Object.keys(properties);
  const unknown = Object.keys(input).filter(key => !known.includes(key));
  const missing = required.filter(key => input[key] === undefined);
  const misfits = known.filter(key => !fits(properties[key], input[key]));
  if (unknown.length === 0 && missing.length === 0 && misfits.length === 0) return;
  const faults = [
    ...misfits.map(key => `${key} is no ${(properties[key] as Typed).type}`),
    ...unknown.map(key => `${key} is no argument of ${name}`),
    ...missing.map(key => `${key} is missing`),
  ];
  const takes = known.length === 0 ? "it takes none" : `it takes ${known.join(", ")}`;
  throw new ToolFault(`${faults.join("; ")}; ${takes}`);
}

interface Typed {
  readonly type?: string;
}

/** As far as the schema says one type: the rest is for whoever reads the value. */
function fits(schema: object | undefined, value: unknown): boolean {
  const {type} = (schema ?? {}) as Typed;
  if (value === undefined) return true;
  switch (type) {
    case "string":
    case "boolean":
      return typeof value === type;
    case "integer":
      return Number.isSafeInteger(value);
    case "array":
      return Array.isArray(value);
    default:
      return true;
  }
}
