import {unwrap} from "#base";
import {encode, Sink} from "#codec";
import {createPortableHashing} from "#crypto";
import {
  type ApplyExtrinsicResult,
  AURA_ENGINE,
  type Era,
  EXTRINSIC_VERSION,
  type Header,
  headerHash,
  IMMORTAL,
  multiAddress,
  multiSignature,
  SIGNED_BIT,
  type TransactionValidity,
  writeLengthPrefix,
} from "#primitives";
import type {RuntimeHost, SignatureRequest} from "#runtime-api";
import {memoryState, Overlay, type StateView} from "#state";
import {trieRoot} from "#trie";
import {buildGenesisState, type CollatorChain, composeKhala} from "../chains/index.ts";
import type {Parameters} from "../chains/parameters.ts";
import {PRESET_PARAMETERS} from "../chains/presets.ts";
import {
  applyExtrinsic,
  type Composition,
  decodeExtrinsic,
  encodeBare,
  executeBlock,
  finalizeBlock,
  initializeBlock,
  validateTransaction,
} from "../executive/index.ts";
import type {RuntimeCall} from "../frame/index.ts";
import {account, address} from "./accounts.ts";
import {type ReadableEvent, readableEvent} from "./readable-event.ts";

const hashing = createPortableHashing();
const hash = (data: Uint8Array) => hashing.blake2b256(data);

/** 2^60 planck, for accounts 1 to 5. */
const ENDOWMENT = 1n << 60n;
/** The account whose keys author every block, and the sudo key. */
const AUTHORITY = 1;

export interface SignedOptions {
  readonly nonce?: number;
  readonly tip?: bigint;
  readonly era?: Era;
  readonly metadataMode?: "Disabled" | "Enabled";
}

/**
 * The chain of this program over states in memory: accounts 1 to 5 hold 2^60, account 1 authors all blocks and is
 * the sudo key. Block n is made in slot n. Signatures hold as long as `signaturesHold` says so.
 */
export class KhalaTestChain {
  readonly hashing = hashing;
  readonly parameters: Parameters;
  readonly chain: CollatorChain;
  composition: Composition;
  /** The state after the last finished block. */
  view: StateView;
  head: Header;
  /** The state of the block in the making. */
  state: Overlay;
  signaturesHold = true;
  /** What the runtime asked to have checked. */
  readonly asked: SignatureRequest[] = [];

  constructor(overrides: Partial<Parameters> = {}) {
    this.parameters = {...PRESET_PARAMETERS.dev, ...overrides};
    this.chain = composeKhala(this.parameters, hashing);
    this.composition = this.chain.composition;
    const genesis = new Overlay(memoryState([], hash));
    buildGenesisState(genesis, this.chain, this.parameters, {
      balances: [1, 2, 3, 4, 5].map(n => [account(n), ENDOWMENT] as const),
      invulnerables: [account(AUTHORITY)],
      sessionKeys: [[account(AUTHORITY), {aura: account(AUTHORITY), grandpa: account(AUTHORITY)}]],
      sudo: account(AUTHORITY),
    });
    const {state, root} = genesis.outcome(0);
    this.view = state;
    this.state = new Overlay(this.view);
    this.head = {
      parentHash: new Uint8Array(32),
      number: 0,
      stateRoot: root,
      extrinsicsRoot: trieRoot(hash, [], 0),
      digest: [],
    };
  }

  get host(): RuntimeHost {
    return {
      state: this.state,
      verifySignature: request => {
        this.asked.push(request);
        return this.signaturesHold;
      },
    };
  }

  /** The start of the next block's header. */
  get nextHeader(): Pick<Header, "number" | "parentHash" | "digest"> {
    const number = this.head.number + 1;
    const slot = new Uint8Array(8);
    new DataView(slot.buffer).setBigUint64(0, BigInt(number), true);
    const parentHash = headerHash(this.head, hashing);
    return {number, parentHash, digest: [{type: "PreRuntime", value: [AURA_ENGINE, slot]}]};
  }

  begin(): void {
    this.state = new Overlay(this.view);
    initializeBlock(this.state, this.composition, this.nextHeader);
  }

  call(pallet: string, name: string, args: unknown = {}): RuntimeCall {
    const found = this.composition.pallets.find(candidate => candidate.name === pallet);
    const call = found?.calls?.find(candidate => candidate.name === name);
    if (found === undefined || call === undefined) throw new Error(`no call ${pallet}.${name}`);
    return {pallet: found, call, args};
  }

  transfer(to: number, value: bigint): RuntimeCall {
    return this.call("Balances", "transfer_keep_alive", {dest: address(to), value});
  }

  bare(call: RuntimeCall): Uint8Array {
    return encodeBare(this.composition.runtimeCall, call);
  }

  signed(from: number, call: RuntimeCall, options: SignedOptions = {}): Uint8Array {
    const {nonce = 0, tip = 0n, era = IMMORTAL, metadataMode = "Disabled"} = options;
    const extra: Readonly<Record<string, unknown>> = {
      CheckMortality: era,
      CheckNonce: nonce,
      ChargeTransactionPayment: tip,
      CheckMetadataHash: metadataMode,
    };
    const body = new Sink();
    body.u8(EXTRINSIC_VERSION | SIGNED_BIT);
    multiAddress.encodeTo(address(from), body);
    multiSignature.encodeTo({type: "Sr25519", value: new Uint8Array(64)}, body);
    for (const extension of this.composition.extensions) {
      extension.extra.encodeTo(extra[extension.identifier], body);
    }
    body.raw(encode(this.composition.runtimeCall, call));
    const bytes = body.finish();
    const framed = new Sink();
    writeLengthPrefix(bytes.length, framed);
    framed.raw(bytes);
    return framed.finish();
  }

  /** The inherent of the block in the making. */
  timestamp(number = this.head.number + 1): Uint8Array {
    const now = BigInt(number) * this.parameters.slotDuration;
    return this.bare(this.call("Timestamp", "set", {now}));
  }

  #decode(bytes: Uint8Array) {
    return unwrap(
      decodeExtrinsic(bytes, this.composition.extensions, this.composition.runtimeCall),
    );
  }

  apply(bytes: Uint8Array): ApplyExtrinsicResult {
    return applyExtrinsic(this.host, this.composition, this.#decode(bytes));
  }

  /** As authors try one: what a refused extrinsic wrote is undone. */
  tryApply(bytes: Uint8Array): ApplyExtrinsicResult {
    this.state.begin();
    const result = this.apply(bytes);
    if (result.ok) this.state.commit();
    else this.state.rollback();
    return result;
  }

  /** Asks as the pool does, on a state that is thrown away. */
  validate(bytes: Uint8Array): TransactionValidity {
    const host = {...this.host, state: new Overlay(this.view)};
    const at = headerHash(this.head, hashing);
    return validateTransaction(host, this.composition, this.#decode(bytes), at);
  }

  finish(): Header {
    this.head = finalizeBlock(this.state, this.composition);
    this.view = this.state.outcome(0).state;
    return this.head;
  }

  /** Makes a block of its timestamp and these extrinsics, on the state before it; returns header and body. */
  make(extrinsics: readonly Uint8Array[] = []): {header: Header; body: Uint8Array[]} {
    const before = {view: this.view, head: this.head};
    this.begin();
    const body = [this.timestamp(), ...extrinsics];
    for (const bytes of body) unwrap(this.apply(bytes));
    const header = this.finish();
    Object.assign(this, before);
    return {header, body};
  }

  /** Runs a block as it came from elsewhere; traps where it is wrong. */
  import(header: Header, body: readonly Uint8Array[]): void {
    this.state = new Overlay(this.view);
    executeBlock(this.host, this.composition, header, body);
    this.view = this.state.outcome(0).state;
    this.head = header;
  }

  /** Makes and keeps a block. */
  advance(extrinsics: readonly Uint8Array[] = []): Header {
    const {header, body} = this.make(extrinsics);
    this.import(header, body);
    return header;
  }

  events(): ReadableEvent[] {
    const {events} = this.chain.system.storage;
    return events.get(this.state).map(({event}) => readableEvent(event));
  }

  free(n: number): bigint {
    return this.chain.balances.currency.free(this.state, account(n));
  }

  get blockWeight() {
    return this.chain.system.storage.blockWeight.get(this.state);
  }
}
