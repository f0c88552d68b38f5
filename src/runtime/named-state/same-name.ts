/** Whether a name in JSON is this one of the metadata: its first letter may be small, as clients' libraries have it. */
export function isSameName(published: string, given: unknown): boolean {
  return given === published || given === lowerFirst(published);
}

const lowerFirst = (name: string) => name.slice(0, 1).toLowerCase() + name.slice(1);
