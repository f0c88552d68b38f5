import {err, type Millis, millis, ok, type Result} from "#base";
import {encode, u64} from "#codec";
import type {DemandAuthor, DemandedBlock, NodeCore} from "#core";
import {LEFT_AT, rewind} from "#core";
import type {CryptoSuite} from "#crypto";
import {CODE_KEY} from "#primitives";
import type {TimeToolFailure, TimeTools} from "#rpc";
import type {RuntimeHost} from "#runtime-api";
import {memoryState} from "#state";
import type {ChainStore} from "#store";
import type {RelayMail} from "../relay-mail.ts";
import {dispatchCall} from "./dispatch.ts";
import {NamedSnapshots} from "./named-snapshots.ts";
import {resolveNamedState} from "./named-state.ts";
import {produceFailure} from "./produce-failure.ts";

/** Time tools over a node's parts; `author` makes blocks out of turn, beside one that keeps to slots if there is one. */
export function createTimeTools(
  {chain, finality, membership, slots, time}: NodeCore,
  author: DemandAuthor,
  host: Omit<RuntimeHost, "state">,
  crypto: Pick<CryptoSuite, "hashing" | "keyPairs">,
  {
    store,
    mail,
    timeEnds,
  }: {
    readonly store: Pick<ChainStore, "value" | "setValue">;
    readonly mail?: RelayMail;
    readonly timeEnds?: Millis;
  },
): TimeTools {
  const named = new NamedSnapshots(store, chain);
  const {hashing} = crypto;
  const alone = (): Result<void, TimeToolFailure> => {
    const peers = membership?.peers() ?? 0;
    return peers === 0 ? ok() : err({code: "peers-connected", peers});
  };
  const make = async (content: Omit<DemandedBlock, "createEmpty">) => {
    const made = await author.createBlock({createEmpty: true, ...content});
    if (!made.ok) return err(produceFailure(made.error));
    return ok({hash: made.value.hash, number: made.value.number});
  };
  /** A block to which the relay chain says that, of a chain without peers: they would see another relay chain. */
  const sendDown = async (message: Uint8Array) => {
    const allowed = alone();
    if (!allowed.ok || mail === undefined) return allowed.ok ? make({transactions: []}) : allowed;
    mail.next = message;
    try {
      return await make({transactions: []});
    } finally {
      mail.next = undefined;
    }
  };
  const tools: TimeTools = {
    makeBlock: transactions =>
      make(
        transactions === undefined
          ? {}
          : {transactions: transactions.map(bytes => ({hash: hashing.blockHash(bytes), bytes}))},
      ),
    travelTo(to) {
      const now = time.now();
      if (to < now) return err({code: "time-passed", now});
      if (timeEnds !== undefined && to >= timeEnds) return err({code: "time-ends", end: timeEnds});
      time.atLeast(to);
      return ok();
    },
    async overrideState(overrides) {
      const allowed = alone();
      return allowed.ok ? make({transactions: [], overrides}) : allowed;
    },
    namedValues: json => resolveNamedState(chain, host, json, hashing),
    async setHead(hash) {
      const allowed = alone();
      if (!allowed.ok) return allowed;
      const header = chain.header(hash);
      if (header === undefined) return err({code: "parent-unknown", parent: hash});
      if (chain.isStandIn(hash)) return err({code: "stand-in", block: hash});
      // Time goes on: no key signs for a slot that it has signed for, not even after a restart.
      const {header: left} = chain.head;
      const began = slots.startOf(left);
      const leftAt = began === undefined ? 0 : began + slots.durationOf(left);
      const goesOnAt = millis(Math.max(leftAt, Math.ceil(time.now())));
      const kept = new Map([[LEFT_AT, encode(u64, BigInt(goesOnAt))]]);
      const moved = rewind(chain, finality, hash, kept);
      if (!moved.ok) return moved;
      time.atLeast(goesOnAt);
      await moved.value;
      return ok({hash, number: header.number});
    },
    snapshot(name) {
      const {hash, number} = chain.head;
      if (chain.isStandIn(hash)) return err({code: "stand-in", block: hash});
      return named.take({name, hash, number});
    },
    async restore(name) {
      const found = named.find(name);
      if (!found.ok) return found;
      const moved = await tools.setHead(found.value.hash);
      return moved.ok ? found : moved;
    },
    snapshots: () => named.all,
    dropSnapshot: name => named.drop(name),
    dispatch: request =>
      dispatchCall({chain, host, crypto, tools, ...(mail && {sendDown})}, request),
    async setCode(code) {
      // What runs nowhere would end the chain with the next block.
      const runtime = chain.runtimeOf(memoryState([[CODE_KEY, code]], hashing.blake2b256));
      if (!runtime.ok) return err({code: "code-unusable", reason: runtime.error});
      return tools.overrideState([[CODE_KEY, code]]);
    },
  };
  return tools;
}
