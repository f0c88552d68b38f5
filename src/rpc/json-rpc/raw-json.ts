/** JSON that is text already: long hex, which needs no escaping, and values that many clients are sent. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** `undefined` is written as `null`. */
export function writeJson(value: unknown): string {
  return value instanceof RawJson ? value.text : JSON.stringify(value ?? null);
}
