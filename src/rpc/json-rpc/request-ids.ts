const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Where a number or a word ends. */
const AFTER_WORD = /[\s,\]}]/g;
const NOT_SPACE = /\S/g;

/**
 * The text of each request's `id`, as the client wrote it: a number of more than 53 bits, or `1.0`, has to come back the
 * same, and a parsed one would not. Of a batch one per element; undefined where there is none. `text` is valid JSON.
 */
export function requestIds(text: string): readonly (string | undefined)[] {
  const ids: (string | undefined)[] = [undefined];
  const first = text.charCodeAt(next(text, 0));
  const ofRequests = first === OPEN_LIST ? 2 : 1;
  let depth = 0;
  let isInRequest = false;
  let isKeyNext = false;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case QUOTE: {
        const end = endOfText(text, i);
        if (depth === ofRequests && isKeyNext) {
          isKeyNext = false;
          // To the colon, and over it to the value.
          const value = next(text, next(text, end + 1) + 1);
          if (isId(text.slice(i, end + 1))) {
            ids[ids.length - 1] = valueAt(text, value);
          }
          i = value - 1;
        } else {
          i = end;
        }
        break;
      }
      case OPEN_OBJECT:
        if (++depth === ofRequests) isInRequest = isKeyNext = true;
        break;
      case OPEN_LIST:
        // A list in place of a request has no keys.
        if (++depth === ofRequests) isInRequest = isKeyNext = false;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth--;
        break;
      case COMMA:
        if (depth === ofRequests) isKeyNext = isInRequest;
        else if (depth === 1) ids.push(undefined);
    }
  }
  return ids;
}

/** A key may be written with escapes. */
const isId = (key: string): boolean =>
  key === '"id"' || (key.includes("\\") && JSON.parse(key) === "id");

/** Of a text, a number or a word; the rest are no ids. */
function valueAt(text: string, start: number): string | undefined {
  switch (text.charCodeAt(start)) {
    case OPEN_LIST:
    case OPEN_OBJECT:
      return undefined;
    case QUOTE:
      return text.slice(start, endOfText(text, start) + 1);
    default:
      AFTER_WORD.lastIndex = start;
      return text.slice(start, AFTER_WORD.exec(text)?.index ?? text.length);
  }
}

/** The first place from `from` on that is no space. */
function next(text: string, from: number): number {
  NOT_SPACE.lastIndex = from;
  return NOT_SPACE.exec(text)?.index ?? text.length;
}

/** The quote that ends the text which the one at `start` begins. */
function endOfText(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
}
