/**
 * Rust's `keep_alive` as JavaScript has it, `keepAlive`. Underscores in front, by which Rust marks what is not used, are
 * no part of a name.
 */
export function camelCase(name: string): string {
  if (!name.includes("_")) return name;
  return name
    .replace(/^_+/, "")
    .replace(/_+([a-zA-Z0-9])/g, (_, next: string) => next.toUpperCase());
}

/** Whether a name as somebody gives it is this one: as published, in camelCase, or with its first letter small. */
export function isSameName(published: string, given: unknown): boolean {
  if (given === published) return true;
  if (typeof given !== "string") return false;
  const name = camelCase(published);
  return given === name || given === lowerFirst(name);
}

/** The one of that name; the name as published goes before any other way to write it. */
export function byName<T extends {readonly name: string}>(
  all: readonly T[],
  given: unknown,
): T | undefined {
  return all.find(({name}) => name === given) ?? all.find(({name}) => isSameName(name, given));
}

const lowerFirst = (name: string) => name.slice(0, 1).toLowerCase() + name.slice(1);
