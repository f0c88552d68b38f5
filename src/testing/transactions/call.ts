import type {TestCall} from "../api.ts";

/** A call by name, as `send` and `submit` take it. */
export function call(name: string, args: Readonly<Record<string, unknown>> = {}): TestCall {
  return {call: name, args};
}

/** The same, by root: what the sudo key signs. */
export function sudo(inner: TestCall): TestCall {
  return call("Sudo.sudo", {call: inner});
}
