import {bytesToHex, err, ok, type Result} from "#base";
import type {Blockchain} from "#core";
import {type CryptoSuite, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {
  type ChainEvent,
  callFromJson,
  describeRuntime,
  type ExtrinsicSigner,
  readEvents,
  StateReader,
  signerOf,
} from "#description";
import {type DispatchFailure, type DispatchGround, outcomeIn, planDispatch} from "#dispatch";
import type {Hash} from "#primitives";
import {rootMessage} from "#relay";
import type {CallGiven, Dispatched, TimeToolFailure, TimeTools} from "#rpc";
import type {RuntimeHost} from "#runtime-api";

interface DispatchDependencies {
  readonly chain: Blockchain;
  readonly host: Omit<RuntimeHost, "state">;
  readonly crypto: Pick<CryptoSuite, "hashing" | "keyPairs">;
  readonly tools: Pick<TimeTools, "makeBlock" | "overrideState">;
  /** Makes the block to which the relay chain says something; absent where there is none to speak. */
  readonly sendDown?: (message: Uint8Array) => Promise<Result<Block, TimeToolFailure>>;
}

type Block = {readonly hash: Hash; readonly number: number};

/** Carries a call out with any origin, in one block or in two, and reads there what became of it. */
export async function dispatchCall(
  deps: DispatchDependencies,
  {origin, call}: {readonly origin: unknown; readonly call: CallGiven},
): Promise<Result<Dispatched, TimeToolFailure>> {
  const ground = groundOf(deps);
  if (!ground.ok) return ground;
  const {description} = ground.value.reader;
  const encoded =
    call instanceof Uint8Array ? ok(call) : callFromJson(description, call.call, call.args);
  if (!encoded.ok) return encoded;
  const plan = planDispatch(ground.value, {origin, call: encoded.value});
  if (!plan.ok) return err(failureOf(plan.error));
  const {tools} = deps;
  if (plan.value.how === "relay-message") return byMessage(deps, ground.value, plan.value.call);
  let made: Result<Block, TimeToolFailure>;
  if (plan.value.how === "scheduled") {
    const written = await tools.overrideState(plan.value.values);
    made = written.ok ? await tools.makeBlock([]) : written;
  } else {
    made = await tools.makeBlock([plan.value.extrinsic]);
  }
  if (!made.ok) return made;
  const {hash, number} = made.value;
  const {how} = plan.value;
  const events = eventsOf(deps, ground.value, hash);
  const index = how === "scheduled" ? undefined : lastExtrinsicIn(events);
  const outcome = outcomeIn(description, events, {how, index});
  if (outcome === undefined) {
    const reason = `block ${number} does not say what became of the call (${how})`;
    return err({code: "dispatch-unclear", reason});
  }
  return ok({...outcome, how, hash, number});
}

/** Blocks after the message's own in which it may be served. */
const SERVED_WITHIN = 2;

async function byMessage(
  deps: DispatchDependencies,
  ground: DispatchGround,
  call: Uint8Array,
): Promise<Result<Dispatched, TimeToolFailure>> {
  const {description} = ground.reader;
  const message = rootMessage(description, call);
  if (message === undefined || deps.sendDown === undefined) {
    return err(failureOf({code: "scheduler-missing"}));
  }
  let made = await deps.sendDown(message);
  for (let waited = 0; made.ok; waited++) {
    const {hash, number} = made.value;
    const how = "relay-message";
    const events = eventsOf(deps, ground, hash);
    const outcome = outcomeIn(description, events, {how, index: undefined});
    if (outcome !== undefined) return ok({...outcome, how, hash, number});
    if (waited === SERVED_WITHIN) {
      const reason = `block ${number} does not say what became of the relay chain's message`;
      return err({code: "dispatch-unclear", reason});
    }
    made = await deps.tools.makeBlock([]);
  }
  return made;
}

/** The one transaction of a block comes after its inherents. */
const lastExtrinsicIn = (events: readonly ChainEvent[]): number =>
  Math.max(...events.map(({extrinsic = -1}) => extrinsic));

function groundOf({
  chain,
  host,
  crypto,
  sendDown,
}: DispatchDependencies): Result<DispatchGround, TimeToolFailure> {
  const {header, state} = chain.head;
  const runtime = chain.runtimeOf(state);
  if (!runtime.ok) return err({code: "authoring-failed", reason: runtime.error});
  const description = describeRuntime(runtime.value, chain.host(state, host));
  if (!description.ok) return err({code: "authoring-failed", reason: description.error});
  const {specVersion, transactionVersion} = runtime.value.version;
  return ok({
    reader: new StateReader(description.value, state, crypto.hashing),
    hashing: crypto.hashing,
    genesisHash: chain.genesisHash,
    specVersion,
    transactionVersion,
    number: header.number,
    hasRelayChain: sendDown !== undefined,
    signerOf: account => developmentSigner(account, crypto),
  });
}

/** Of the accounts whose secrets everybody knows. */
function developmentSigner(
  account: Uint8Array,
  {keyPairs, hashing}: DispatchDependencies["crypto"],
): ExtrinsicSigner | undefined {
  const wanted = bytesToHex(account);
  const known = WELL_KNOWN_ACCOUNTS.find(({sr25519}) => bytesToHex(sr25519) === wanted);
  const pair = known && keyPairs.fromUri("sr25519", known.uri);
  return pair?.ok ? signerOf(pair.value, hashing) : undefined;
}

/** Of a block, by the runtime that made it: its parent's. */
function eventsOf(
  {chain}: DispatchDependencies,
  {reader, hashing}: DispatchGround,
  block: Hash,
): readonly ChainEvent[] {
  const state = chain.state(block);
  const stored =
    state && new StateReader(reader.description, state, hashing).stored("System.Events");
  const read = stored && readEvents(reader.description, stored);
  return read?.ok ? read.value.events : [];
}

function failureOf(failure: DispatchFailure): TimeToolFailure {
  switch (failure.code) {
    case "misfit":
      return failure;
    case "account-unreadable":
      return {code: "misfit", at: "origin.signed", expected: "an address, or 0x and hex"};
    case "scheduler-missing":
      return refused(
        "the runtime has neither a sudo key whose secret is known here nor a scheduler: nothing of it takes a call with that origin",
      );
    case "scheduler-undescribed":
      return refused(
        "the runtime's metadata names the types of its scheduler's agenda without describing them, so that no call can be put there: sign as those who govern (dev_dispatch with {signed}), or write what the call would leave (dev_setStorage)",
      );
    case "call-too-long":
      return refused(
        `the call has ${failure.bytes} bytes, and an agenda takes ${failure.most}; note it as a preimage, or use an origin with a known secret`,
      );
    default:
      return refused(`the call cannot be signed: ${failure.code}`);
  }
}

const refused = (reason: string): TimeToolFailure => ({code: "dispatch-refused", reason});
