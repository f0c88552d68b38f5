/** Levels of lists and objects in each other, as in Substrate. Parsing takes quadratic time with them otherwise. */
const DEEPEST = 128;

/**
 * Values in one message. What is asked for in earnest is a few long texts, or a list of keys of at most 65,536; a message
 * of nothing but `{},` would take twenty times its length in memory and a slot's time to parse.
 */
export const MOST_VALUES = 262_144;

export type ShapeFault = "too-deep" | "too-many-values";

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What a JSON text costs to parse, told from its bytes in one pass that can be cut anywhere. */
export class MessageShape {
  #depth = 0;
  #values = 1;
  #isInText = false;
  #isEscaped = false;

  /** Looks at the bytes from `from` to `to`; a fault is final. */
  look(bytes: Uint8Array, from: number, to: number): ShapeFault | undefined {
    let [depth, values] = [this.#depth, this.#values];
    let [isInText, isEscaped] = [this.#isInText, this.#isEscaped];
    let fault: ShapeFault | undefined;
    for (let i = from; i < to; i++) {
      const byte = bytes[i]!;
      if (isInText) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isInText = false;
      } else if (byte === QUOTE) {
        isInText = true;
      } else if (byte === COMMA) {
        values++;
      } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        values++;
        if (++depth > DEEPEST) {
          fault = "too-deep";
          break;
        }
      } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        depth--;
      }
      if (values > MOST_VALUES) {
        fault = "too-many-values";
        break;
      }
    }
    [this.#depth, this.#values] = [depth, values];
    [this.#isInText, this.#isEscaped] = [isInText, isEscaped];
    return fault;
  }
}
