import assert from "node:assert/strict";
import {type BinaryString, bytesToHex, slot as slotOf, unwrap} from "#base";
import {firstState, type GenesisBlock, genesisBlock, parseChainSpec} from "#chain-spec";
import {decode, encode, u32, u64} from "#codec";
import {preDigest, sealDigest} from "#consensus";
import {RuntimesByCode} from "#core";
import {type BlockHashing, type KeyPair, verifyMultiSignature, withBlockHashing} from "#crypto";
import {createNativeHashing, createNativeSignatureVerifier} from "#crypto-native";
import {
  type ChainDescription,
  describeRuntime,
  encodeCall,
  readNamedState,
  signExtrinsic,
  signerOf,
} from "#description";
import {genesisMakers} from "#node";
import {
  AURA_INHERENT,
  CODE_KEY,
  type Header,
  header as headerCodec,
  type InherentData,
  itemKey,
  TIMESTAMP_INHERENT,
} from "#primitives";
import {
  applyExtrinsic,
  type Block,
  checkInherents,
  executeBlock,
  finalizeBlock,
  inherentExtrinsics,
  initializeBlock,
  type Runtime,
  type RuntimeEngine,
  type RuntimeHost,
} from "#runtime-api";
import {
  memoryState,
  Overlay,
  ProofRecorder,
  type StateVersion,
  type StateView,
  type TrieState,
} from "#state";
import {createWasmEngine, type WasmRuntimeOfVersion} from "#wasm-runtime";
import {PARACHAIN_INHERENT, relayInherent} from "./relay-inherent.ts";

export const hashing = await createNativeHashing();
export const signatures = createNativeSignatureVerifier(hashing);
const engine = createWasmEngine({hashing, signatures});

const verify: RuntimeHost["verifySignature"] = ({scheme, signature, message, account}) =>
  verifyMultiSignature({hashing, signatures}, scheme, signature, message, account);

/** A block's header and the state after it. */
export interface Head {
  readonly header: Header;
  readonly state: TrieState;
}

export interface GenuineChainOptions {
  /** What is written over the genesis, by the names that the runtime publishes. */
  readonly named?: unknown;
  /** And what by keys; undefined removes. */
  readonly written?: Iterable<readonly [BinaryString, Uint8Array | undefined]>;
  /** What runs the code, where that is another engine than the one for genuine runtimes. */
  readonly engine?: RuntimeEngine;
  readonly verifySignature?: RuntimeHost["verifySignature"];
  /** What it links its tries by: recordings of chains that hash by Keccak were made with BLAKE2b all the same. */
  readonly blockHashing?: BlockHashing;
  /** Executes with what is come upon noted, so that the runtime is told sizes and blocks have proofs. */
  readonly isRecorded?: boolean;
  /** Notes it without telling the runtime of sizes. */
  readonly keepsSizes?: boolean;
  /** Whose turn a slot is. Blocks are sealed where it is given. */
  readonly authorOf?: (slot: number) => KeyPair;
}

/** How a runtime lays out its states. */
const layoutOf = ({version}: Runtime): StateVersion => (version.stateVersion === 0 ? 0 : 1);

/** A chain of genuine code: made by hand, block by block, without a node. */
export class GenuineChain {
  readonly #runtimes: RuntimesByCode;
  readonly #first: Runtime;
  /** Whether the relay chain of the next blocks lets new code begin. */
  goAhead = false;
  readonly genesis: GenesisBlock;
  head: Head;

  #description: ChainDescription | undefined;

  readonly #verifySignature: RuntimeHost["verifySignature"];
  readonly #options: GenuineChainOptions;

  constructor(text: string, options: GenuineChainOptions = {}) {
    const {spec} = unwrap(parseChainSpec(text));
    const makers = genesisMakers({hashing, signatures});
    const {top, children} = unwrap(firstState(spec.genesis, makers));
    const entries = new Map(top);
    const {named, engine: runs = engine, verifySignature = verify} = options;
    this.#verifySignature = verifySignature;
    this.#options = options;
    this.#runtimes = new RuntimesByCode([runs], hashing);
    const first = unwrap(this.#runtimes.runtimeOf({get: (key: string) => entries.get(key)}));
    this.#first = first;
    if (named !== undefined) {
      for (const change of unwrap(readNamedState(this.description, named, hashing))) {
        if (change.kind === "set") entries.set(change.key, change.value);
        else if (change.kind === "remove") entries.delete(change.key);
        else
          for (const key of entries.keys()) if (key.startsWith(change.prefix)) entries.delete(key);
      }
    }
    for (const [key, value] of options.written ?? []) {
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
    }
    const suite = withBlockHashing({hashing}, options.blockHashing);
    this.genesis = genesisBlock({top: entries, children}, layoutOf(first), suite.hashing);
    this.head = this.genesis;
  }

  /** By BLAKE2b but on chains whose modules ask for Keccak's roots of lists: these hash headers so too. */
  hashOf(header: Header): Uint8Array {
    const bytes = encode(headerCodec, header);
    return this.hashes === "keccak-256" ? hashing.keccak256(bytes) : hashing.blake2b256(bytes);
  }

  get hashes(): BlockHashing {
    const {imports} = this.runtime as Partial<WasmRuntimeOfVersion>;
    const isKeccak = [1, 2].some(version =>
      imports?.has(`ext_trie_keccak_256_ordered_root_version_${version}`),
    );
    return isKeccak ? "keccak-256" : "blake2-256";
  }

  /** Chains from before metadata 13 have none. */
  get description(): ChainDescription {
    const empty = memoryState([], data => hashing.blake2b256(data));
    this.#description ??= unwrap(describeRuntime(this.runtime, this.host(empty)));
    return this.#description;
  }

  /** That of the head: the code of a block's parent runs it. */
  get runtime(): Runtime {
    return this.head === undefined
      ? this.#first
      : unwrap(this.#runtimes.runtimeOf(this.head.state));
  }

  get stateVersion(): StateVersion {
    return layoutOf(this.runtime);
  }

  host(state: StateView): RuntimeHost & {readonly state: Overlay} {
    return {
      state: new Overlay(state),
      verifySignature: this.#verifySignature,
    };
  }

  /** The same, for blocks, with what is come upon noted where this is wanted. */
  #blockHost(state: StateView, recorder: ProofRecorder) {
    const host = this.host(state);
    if (this.#options.isRecorded !== true) return host;
    const recorded = {...host, state: new Overlay(state, {recorder})};
    const proofSize = () => BigInt(recorder.size);
    return this.#options.keepsSizes === true ? recorded : {...recorded, proofSize};
  }

  call(name: string, args: Uint8Array = new Uint8Array(0), {state}: Head = this.head): Uint8Array {
    return unwrap(this.runtime.call(name, args, this.host(state)));
  }

  /** Milliseconds of a slot. */
  get slotDuration(): number {
    return Number(unwrap(decode(u64, this.call("AuraApi_slot_duration"))));
  }

  /** Makes the block of a slot on the head: inherents, and these extrinsics. */
  makeBlock(slot: number, transactions: readonly Uint8Array[] = []): {block: Block; after: Head} {
    const parent = this.head;
    const host = this.#blockHost(parent.state, new ProofRecorder());
    const nothing = new Uint8Array(32);
    const opened: Header = {
      parentHash: this.hashOf(parent.header),
      number: parent.header.number + 1,
      stateRoot: nothing,
      extrinsicsRoot: nothing,
      digest: [preDigest(slotOf(slot))],
    };
    unwrap(initializeBlock(this.runtime, host, opened));
    // What is looked at to make them is not looked at to execute them.
    host.state.begin();
    const inherents = unwrap(inherentExtrinsics(this.runtime, host, this.inherentData(slot)));
    host.state.rollback();
    const extrinsics = [...inherents, ...transactions];
    for (const extrinsic of extrinsics) {
      const applied = unwrap(unwrap(applyExtrinsic(this.runtime, host, extrinsic)));
      assert.equal(JSON.stringify(applied), JSON.stringify({ok: true}));
    }
    const header = unwrap(finalizeBlock(this.runtime, host));
    const {state, root} = host.state.outcome(this.stateVersion);
    assert.equal(bytesToHex(root), bytesToHex(header.stateRoot));
    const sealed = this.#sealed(header, slot);
    return {block: {header: sealed, extrinsics}, after: {header: sealed, state}};
  }

  #sealed(header: Header, slot: number): Header {
    const pair = this.#options.authorOf?.(slot);
    if (pair === undefined) return header;
    const seal = sealDigest(pair.sign(this.hashOf(header)));
    return {...header, digest: [...header.digest, seal]};
  }

  /** Executes a block as whoever imports it, on its parent's state, and goes on from there. */
  importBlock(block: Block, runtime: Runtime = this.runtime): void {
    this.head = this.execute(block, runtime).after;
  }

  /** Executes a block on the head, and gives what was come upon where that is noted. */
  execute(block: Block, runtime: Runtime = this.runtime) {
    const recorder = new ProofRecorder();
    const host = this.#blockHost(this.head.state, recorder);
    const digest = block.header.digest.filter(({type}) => type !== "Seal");
    unwrap(executeBlock(runtime, host, {...block, header: {...block.header, digest}}));
    const {state, root} = host.state.outcome(this.stateVersion);
    assert.equal(bytesToHex(root), bytesToHex(block.header.stateRoot));
    return {after: {header: block.header, state}, recorder};
  }

  /** Has the next block run on other code, as if the last one had brought it. */
  replaceCode(code: Uint8Array): void {
    const {header, state} = this.head;
    const changes = {top: [[CODE_KEY, code] as const], children: new Map()};
    this.head = {header, state: state.update(changes, this.stateVersion)};
  }

  /** A call by its name, signed for ever. */
  sign(pair: KeyPair, nonce: number, call: string, args: Readonly<Record<string, unknown>>) {
    const {version} = this.runtime;
    const facts = {
      nonce,
      genesisHash: this.hashOf(this.genesis.header),
      specVersion: version.specVersion,
      transactionVersion: version.transactionVersion,
    };
    const encoded = unwrap(encodeCall(this.description, {call, args}));
    return unwrap(
      signExtrinsic(this.description, encoded, signerOf(pair, hashing), facts, hashing),
    );
  }

  checkInherents(block: Block, slot: number) {
    return unwrap(
      checkInherents(this.runtime, this.host(this.head.state), block, this.inherentData(slot)),
    );
  }

  inherentData(slot: number): InherentData {
    const millis = slot * this.slotDuration;
    const paraId = this.head.state.get(itemKey(hashing, "ParachainInfo", "ParachainId"));
    const data = new Map([
      [TIMESTAMP_INHERENT, encode(u64, BigInt(millis))],
      [AURA_INHERENT, encode(u64, BigInt(slot))],
    ]);
    if (paraId === undefined) return data;
    const relay = {
      paraId: unwrap(decode(u32, paraId)),
      parent: this.head.header,
      millis,
      goAhead: this.goAhead,
    };
    return data.set(PARACHAIN_INHERENT, relayInherent(hashing, relay));
  }
}
