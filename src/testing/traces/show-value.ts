/** Characters of a value on a line: what is longer carries code, or a list that nobody reads there. */
const LONGEST = 200;

/** A value in one line, as a person writes it down: `{from: alice, amount: 5}`, `Id(bob)`. */
export function showValue(value: unknown): string {
  const text = shown(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  const entries = Object.entries(value);
  const [first, second] = entries;
  if (first?.[0] === "type" && second?.[0] === "value" && entries.length === 2) {
    // An address that is an account's own is written as the account.
    if (first[1] === "Id") return shown(second[1]);
    return `${String(first[1])}(${shown(second[1])})`;
  }
  return `{${entries.map(([name, inner]) => `${name}: ${shown(inner)}`).join(", ")}}`;
}

/** How a value became another: of a record the fields that did, `nonce 0 → 1, data.free 9 → 4`. */
export function showChange(was: unknown, is: unknown): string {
  const changes = changesIn(was, is, "");
  const text = changes
    .map(({at, from, to}) => `${at === "" ? "" : `${at} `}${shown(from)} → ${shown(to)}`)
    .join(", ");
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

interface Change {
  readonly at: string;
  readonly from: unknown;
  readonly to: unknown;
}

function changesIn(from: unknown, to: unknown, at: string): readonly Change[] {
  if (!isRecord(from) || !isRecord(to)) return shown(from) === shown(to) ? [] : [{at, from, to}];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names.flatMap(name => changesIn(from[name], to[name], at === "" ? name : `${at}.${name}`));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !("type" in value);
