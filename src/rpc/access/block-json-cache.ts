import {bytesToBinary, err, LruCache, ok, type Result} from "#base";
import type {Hash} from "#primitives";
import {RawJson} from "../json-rpc/raw-json.ts";
import type {RpcError} from "../json-rpc/rpc-error.ts";
import type {ChainQuestions} from "../questions/chain.ts";
import {headerJson} from "../shapes/header-json.ts";
import {runtimeVersionJson} from "../shapes/runtime-version-json.ts";
import {callState, stateClientError} from "./state-access.ts";

/** Clients ask about the last few blocks, and all for the same ones. */
const BLOCKS_KEPT = 256;

/** The JSON of what does not change with a block: its header, its runtime version. */
export class BlockJsonCache {
  readonly #chain: ChainQuestions;
  readonly #headers = new LruCache<string, RawJson>(BLOCKS_KEPT);
  readonly #versions = new LruCache<string, RawJson>(BLOCKS_KEPT);

  constructor(chain: ChainQuestions) {
    this.#chain = chain;
  }

  /** Undefined for a block that is not known. */
  header(block: Hash): RawJson | undefined {
    const key = bytesToBinary(block);
    const kept = this.#headers.get(key);
    if (kept !== undefined) return kept;
    const encoded = this.#chain.header(block);
    if (encoded === undefined) return undefined;
    const json = new RawJson(JSON.stringify(headerJson(encoded)));
    this.#headers.set(key, json);
    return json;
  }

  runtimeVersion(block: Hash): Result<RawJson, RpcError> {
    const key = bytesToBinary(block);
    const kept = this.#versions.get(key);
    if (kept !== undefined) return ok(kept);
    const encoded = callState(this.#chain, block, "Core_version");
    if (!encoded.ok) return encoded;
    const version = runtimeVersionJson(encoded.value);
    if (version === undefined) return err(stateClientError("Core_version answered no version"));
    const json = new RawJson(JSON.stringify(version));
    this.#versions.set(key, json);
    return ok(json);
  }
}
