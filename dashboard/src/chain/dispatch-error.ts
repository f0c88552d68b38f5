interface DispatchError {
  readonly type: string;
  readonly value?: DispatchError | string;
}

/** A pallet's error as runtimes of some years ago had it, of which metadata does not say the name at that place. */
const isNumbered = (value: unknown): value is {readonly index: number; readonly error: number} =>
  typeof value === "object" &&
  value !== null &&
  "index" in value &&
  "error" in value &&
  typeof value.error === "number";

/** `CollatorSelection.AlreadyCandidate`, from the error that an event or a dry run holds. */
export function dispatchErrorText(error: unknown): string {
  if (typeof error !== "object" || error === null || !("type" in error)) return String(error);
  const names: string[] = [];
  let at: unknown = error;
  while (typeof at === "object" && at !== null && "type" in at) {
    const {type, value} = at as DispatchError;
    names.push(type);
    at = value;
  }
  if (isNumbered(at)) return `error ${at.error} of pallet ${at.index}`;
  return names.filter(name => name !== "Module").join(".");
}
