import type {Result} from "#base";
import type {Hash} from "#primitives";
import {hashOf} from "./block-request.ts";
import type {Malformed} from "./malformed.ts";
import {decodeMessage, eachField, MessageWriter, pushBounded, reject} from "./protobuf.ts";

/** Asks for a block's state, from a key on. */
export interface StateRequest {
  readonly block: Hash;
  /** None: from the beginning. One: after this key. Two: a child trie's root key, and a key in it. */
  readonly start: readonly Uint8Array[];
  /** Plain entries instead of a proof. */
  readonly noProof: boolean;
}

export interface StateEntries {
  /** Empty for the main trie. */
  readonly stateRoot: Uint8Array;
  readonly entries: readonly {readonly key: Uint8Array; readonly value: Uint8Array}[];
  readonly complete: boolean;
}

export interface StateResponse {
  readonly entries: readonly StateEntries[];
  /** SCALE of the compact proof's nodes; empty when entries were asked for. */
  readonly proof: Uint8Array;
}

const MAX_START_KEYS = 2;
const MAX_TRIES = 1_024;
/** An answer has some 2 MiB, and no entry of a real state less than 20 bytes. */
const MAX_ENTRIES = 131_072;

export function encodeStateRequest({block, start, noProof}: StateRequest): Uint8Array {
  const message = new MessageWriter().bytes(1, block);
  for (const key of start) message.bytes(2, key);
  if (noProof) message.bool(3, true);
  return message.finish();
}

export function decodeStateRequest(bytes: Uint8Array): Result<StateRequest, Malformed> {
  return decodeMessage(() => {
    let block: Hash | undefined;
    let noProof = false;
    const start: Uint8Array[] = [];
    eachField(bytes, (field, value) => {
      if (field === 1) block = hashOf(value.bytes());
      else if (field === 2) pushBounded(start, value.bytes(), MAX_START_KEYS);
      else if (field === 3) noProof = value.bool();
      else value.skip();
    });
    return {block: block ?? reject("no block"), start, noProof};
  });
}

export function encodeStateResponse({entries, proof}: StateResponse): Uint8Array {
  const response = new MessageWriter();
  for (const trie of entries) {
    const message = new MessageWriter();
    if (trie.stateRoot.length > 0) message.bytes(1, trie.stateRoot);
    for (const {key, value} of trie.entries) {
      const entry = new MessageWriter();
      if (key.length > 0) entry.bytes(1, key);
      if (value.length > 0) entry.bytes(2, value);
      message.bytes(2, entry.finish());
    }
    if (trie.complete) message.bool(3, true);
    response.bytes(1, message.finish());
  }
  if (proof.length > 0) response.bytes(2, proof);
  return response.finish();
}

export function decodeStateResponse(bytes: Uint8Array): Result<StateResponse, Malformed> {
  return decodeMessage(() => {
    const entries: StateEntries[] = [];
    let proof: Uint8Array = new Uint8Array(0);
    eachField(bytes, (field, value) => {
      if (field === 1) pushBounded(entries, readTrie(value.message()), MAX_TRIES);
      else if (field === 2) proof = value.bytes();
      else value.skip();
    });
    return {entries, proof};
  });
}

function readTrie(bytes: Uint8Array): StateEntries {
  let stateRoot: Uint8Array = new Uint8Array(0);
  let complete = false;
  const entries: {key: Uint8Array; value: Uint8Array}[] = [];
  eachField(bytes, (field, value) => {
    if (field === 1) stateRoot = value.bytes();
    else if (field === 2) pushBounded(entries, readEntry(value.message()), MAX_ENTRIES);
    else if (field === 3) complete = value.bool();
    else value.skip();
  });
  return {stateRoot, entries, complete};
}

function readEntry(bytes: Uint8Array): {key: Uint8Array; value: Uint8Array} {
  let key: Uint8Array = new Uint8Array(0);
  let content: Uint8Array = new Uint8Array(0);
  eachField(bytes, (field, value) => {
    if (field === 1) key = value.bytes();
    else if (field === 2) content = value.bytes();
    else value.skip();
  });
  return {key, value: content};
}
