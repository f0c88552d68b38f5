import {err, ok, type Result} from "#base";
import {describeJson, type JsonSchema, type Reader} from "./reader.ts";

/** A parameter by position. One that is optional may be left out at the end, or be `null`. */
export interface Param<T> {
  readonly name: string;
  readonly optional: boolean;
  readonly expected: string;
  readonly schema: JsonSchema;
  read(json: unknown): T | undefined;
}

export const param = <T>(name: string, reader: Reader<T>): Param<T> => ({
  name,
  optional: false,
  expected: reader.expected,
  schema: reader.schema,
  read: json => reader.read(json),
});

export const optional = <T>(name: string, reader: Reader<T>): Param<T | undefined> => ({
  ...param(name, reader),
  optional: true,
});

/** The types of a list of parameters, in order. */
export type ValuesOf<P extends readonly Param<unknown>[]> = {
  [K in keyof P]: P[K] extends Param<infer T> ? T : never;
};

/** The failure names the parameter. Values beyond the declared ones are not looked at, as in Substrate. */
export function readParams(
  params: readonly Param<unknown>[],
  values: readonly unknown[] | undefined,
): Result<readonly unknown[], string> {
  if (values === undefined) return err("parameters go by position, in a list");
  const read: unknown[] = [];
  for (let i = 0; i < params.length; i++) {
    const {name, optional, expected} = params[i]!;
    const json = values[i];
    if (json === undefined || (json === null && optional)) {
      if (!optional) return err(`${name}: missing, expected ${expected}`);
      read.push(undefined);
      continue;
    }
    const value = params[i]!.read(json);
    if (value === undefined)
      return err(`${name}: expected ${expected}, found ${describeJson(json)}`);
    read.push(value);
  }
  return ok(read);
}
