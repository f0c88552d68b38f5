import type {ApiMethodDescription, ChainDescription} from "../chain-description.ts";
import {byName} from "../names.ts";
import {knownApis} from "./known-apis.ts";

export interface FoundApi {
  readonly api: string;
  readonly method: ApiMethodDescription;
  /** As it is exported: `AuraApi_authorities`. */
  readonly call: string;
}

/** `AuraApi.authorities`, or as it is exported: `AuraApi_authorities`. Undefined where nothing of that name is described or known. */
export function findApi(description: ChainDescription, name: string): FoundApi | undefined {
  // An API is a trait of Rust's, and has no underscore in its name.
  const [apiName = "", ...rest] = name.split(/[._]/);
  const api = byName(apisOf(description), apiName);
  const method = api && byName(api.methods, name.slice(apiName.length + 1));
  if (api === undefined || method === undefined || rest.length === 0) return undefined;
  return {api: api.name, method, call: `${api.name}_${method.name}`};
}

/** All that `findApi` finds, as `AuraApi.authorities`. */
export function apiNames(description: ChainDescription): readonly string[] {
  return apisOf(description).flatMap(({name, methods}) =>
    methods.map(method => `${name}.${method.name}`),
  );
}

const apisOf = (description: ChainDescription) => description.apis ?? knownApis(description);
