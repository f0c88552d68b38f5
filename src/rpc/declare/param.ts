import {err, ok, type Result} from "#base";
import type {Params} from "../json-rpc/request.ts";
import {describeJson, type JsonSchema, type Reader} from "./reader.ts";

/** A parameter. One that is optional may be left out at the end, or be `null`. */
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

/**
 * The failure names the parameter. Values beyond the declared ones are not looked at, as in Substrate; a name that is not
 * declared is refused, since it is one mistyped: the call would mean something else without it.
 */
export function readParams(
  params: readonly Param<unknown>[],
  given: Params,
): Result<readonly unknown[], string> {
  const byPosition = inOrder(
    params.map(({name}) => name),
    given,
  );
  if (!byPosition.ok) return byPosition;
  const read: unknown[] = [];
  for (let i = 0; i < params.length; i++) {
    const {name, optional, expected} = params[i]!;
    const json = byPosition.value[i];
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

/** Values that were given by name, in the order of the names; upstream takes `startKey` and `start_key` alike. */
export function inOrder(
  names: readonly string[],
  given: Params,
): Result<readonly unknown[], string> {
  if (isList(given)) return ok(given);
  const values: unknown[] = [];
  for (const [key, value] of Object.entries(given)) {
    const index = names.findIndex(name => name === key || snakeCase(name) === key);
    if (index < 0) {
      const known = names.length === 0 ? "there are none" : `there are ${names.join(", ")}`;
      return err(`no parameter has the name given: ${known}`);
    }
    values[index] = value;
  }
  return ok(values);
}

const isList = (given: Params): given is readonly unknown[] => Array.isArray(given);

const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
