import {createPortableHashing} from "#crypto";
import {type DispatchError, weightOf} from "#primitives";
import {memoryState, Overlay} from "#state";
import {sortChanges, trieRoot} from "#trie";
import {
  type CallFilter,
  Dispatcher,
  type DispatchResult,
  errorName,
  type Origin,
  type Pallet,
  PalletScope,
  type RawOrigin,
  type RuntimeCall,
  runtimeCallCodec,
  runtimeEventCodec,
} from "../frame/index.ts";
import {createBalances} from "../pallets/balances/index.ts";
import {
  accountData,
  type BlockWeights,
  createSystem,
  DEFAULT_ACCOUNT_DATA,
  resolveBlockLength,
  resolveBlockWeights,
} from "../pallets/system/index.ts";
import {account} from "./accounts.ts";
import {outcomeName} from "./outcome-name.ts";
import {type ReadableEvent, readableEvent} from "./readable-event.ts";

const hashing = createPortableHashing();
const hash = (data: Uint8Array) => hashing.blake2b256(data);

/** Half a second of computation, five megabytes of proof: Khala's own block. */
const BLOCK_WEIGHTS = resolveBlockWeights({
  maxBlock: weightOf(500_000_000_000n, 5_242_880n),
  baseBlock: weightOf(0n),
  baseExtrinsic: weightOf(5n),
});

export interface MockOptions {
  readonly existentialDeposit?: bigint;
  /** Free balances at genesis, by account number. */
  readonly balances?: readonly (readonly [number, bigint])[];
  readonly blockWeights?: BlockWeights;
}

/**
 * System and Balances over a state in memory, where accounts are numbers and results have names, to which a test adds the pallet it is about. Pallets get their
 * indices in the order they are added, which is also the order of their hooks.
 */
export class MockRuntime {
  readonly hashing = hashing;
  readonly state = new Overlay(memoryState([], hash));
  readonly pallets: Pallet[] = [];
  readonly runtimeCall = runtimeCallCodec("mock_runtime", () => this.pallets);
  readonly runtimeEvent = runtimeEventCodec("mock_runtime", () => this.pallets);
  readonly blockWeights: BlockWeights;
  readonly blockLength = resolveBlockLength(5_242_880);
  readonly system;
  readonly dispatcher: Dispatcher;
  readonly balances;
  /** What signed origins may call. */
  filter: CallFilter = () => true;
  readonly #genesis: readonly (readonly [number, bigint])[];

  constructor({existentialDeposit = 1n, balances = [], blockWeights}: MockOptions = {}) {
    this.blockWeights = blockWeights ?? BLOCK_WEIGHTS;
    this.#genesis = balances;
    this.system = createSystem(0, {
      hashing,
      hash,
      orderedRoot: entries => trieRoot(hash, sortChanges([...entries]), 0),
      stateVersion: 0,
      blockWeights: this.blockWeights,
      blockLength: this.blockLength,
      blockHashCount: 250,
      version: {
        specName: "mock",
        implName: "mock",
        authoringVersion: 1,
        specVersion: 1,
        implVersion: 0,
        apis: [],
        transactionVersion: 1,
        stateVersion: 0,
      },
      ss58Prefix: 30,
      accountData: {codec: accountData, fallback: DEFAULT_ACCOUNT_DATA},
      event: this.runtimeEvent,
      checkCode: () => ({ok: true, value: undefined}),
    });
    this.dispatcher = new Dispatcher(this.system.errors.CallFiltered);
    this.balances = createBalances(
      new PalletScope("Balances", 1, hashing, this.system.depositEvent),
      {existentialDeposit: existentialDeposit, crate: "mock_runtime"},
      this.system,
    );
    this.pallets.push(this.system.pallet, this.balances.pallet);
    this.balances.genesis(
      this.state,
      this.#genesis.map(([n, free]) => [account(n), free]),
    );
  }

  /** The place of the next pallet to be added. */
  scope(name: string): PalletScope {
    return new PalletScope(name, this.pallets.length, hashing, this.system.depositEvent);
  }

  add<T extends {readonly pallet: Pallet}>(part: T): T {
    this.pallets.push(part.pallet);
    return part;
  }

  get block(): number {
    return this.system.storage.number.get(this.state);
  }

  /** From block 1 on events are kept. */
  setBlock(number: number): void {
    this.system.storage.number.set(this.state, number);
  }

  /** Runs the first hook of every pallet for every block up to `number`, and nothing else. */
  runTo(number: number): void {
    for (let next = this.block + 1; next <= number; next++) {
      this.setBlock(next);
      for (const {hooks} of this.pallets) hooks?.onInitialize?.(this.state, next);
    }
  }

  origin(caller: RawOrigin): Origin {
    return {caller, filter: call => this.filter(call)};
  }

  signed(n: number): Origin {
    return this.origin({type: "Signed", value: account(n)});
  }

  get root(): Origin {
    return this.origin({type: "Root"});
  }

  get none(): Origin {
    return this.origin({type: "None"});
  }

  call(pallet: string, name: string, args: unknown = {}): RuntimeCall {
    const found = this.pallets.find(candidate => candidate.name === pallet);
    const call = found?.calls?.find(candidate => candidate.name === name);
    if (found === undefined || call === undefined) throw new Error(`no call ${pallet}.${name}`);
    return {pallet: found, call, args};
  }

  dispatch(origin: Origin, call: RuntimeCall): DispatchResult {
    return this.dispatcher.dispatch(this.state, origin, call);
  }

  /** Makes a call and says what came of it: `ok`, or the error's name. */
  run(origin: Origin, pallet: string, name: string, args: unknown = {}): string {
    return outcomeName(this.pallets, this.dispatch(origin, this.call(pallet, name, args)));
  }

  errorName(error: DispatchError): string {
    return errorName(this.pallets, error);
  }

  events(): ReadableEvent[] {
    return this.system.storage.events.get(this.state).map(({event}) => readableEvent(event));
  }

  clearEvents(): void {
    this.system.block.resetEvents(this.state);
  }

  info(n: number) {
    return this.system.storage.account.get(this.state, account(n));
  }

  free(n: number): bigint {
    return this.info(n).data.free;
  }

  reserved(n: number): bigint {
    return this.info(n).data.reserved;
  }

  get totalIssuance(): bigint {
    return this.balances.storage.totalIssuance.get(this.state);
  }
}
