import {ok, type Report, type Result} from "#base";
import {blockProof, type Head, judgeBlock, pastBlock} from "#core";
import {bareExtrinsic, type ChainDescription, readEvents, type StateReader} from "#description";
import {outcomeIn} from "#dispatch";
import {CODE_KEY, type Hash} from "#primitives";
import {
  authorization,
  type BlockWeight,
  type ChangedItem,
  changedItems,
  readBlockWeight,
  type UnreadableItem,
  unreadableItems,
  upgradeSteps,
} from "#upgrade";
import {relayParentIn} from "#validity";
import type {RunningNode} from "../node.ts";
import {proofExcess, weightExcesses} from "./block-limits.ts";
import {describeAt, readerAt, versionOf} from "./node-state.ts";

/** A block of an upgrade, and what was done in it. */
export interface UpgradeBlock {
  readonly number: number;
  readonly what: string;
  /** Milliseconds to make it. */
  readonly took: number;
  readonly weight: BlockWeight | undefined;
  /** Bytes of its proof, compact; undefined where it was not recorded. */
  readonly proofSize: number | undefined;
  /** By `validate_block`. Not judged: nobody asked, or the state was written over, which no judge can know. */
  readonly verdict: "valid" | "refused" | "not judged";
}

/** What an upgrade came to. */
export interface UpgradeRun {
  readonly from: string;
  readonly to: string;
  readonly blocks: readonly UpgradeBlock[];
  readonly isJudged: boolean;
  readonly changed: readonly ChangedItem[];
  readonly unreadable: readonly UnreadableItem[];
  /** What makes it fail, for people; none: it went well. */
  readonly failures: readonly string[];
}

/** Blocks after which new code that was enacted has to be there: relay chains of the stand-in wait for ten of theirs at most. */
const MOST_WAITING = 20;
/** Blocks that a migration in several may take. */
const MOST_MIGRATING = 10_000;
/** Blocks under the new runtime beyond the one that migrates. */
const BLOCKS_AFTER = 1;

/**
 * Upgrades the chain of a node that makes blocks when it is told to, by the calls that its runtime takes new code by: carried out, waited
 * for, and gone on with until its migrations are over. `isJudged`: each block by `validate_block` too.
 */
export const upgradeNode = (
  node: RunningNode,
  code: Uint8Array,
  isJudged = false,
): Promise<Result<UpgradeRun, Report>> => new Upgrade(node, code, isJudged).run();

class Upgrade {
  readonly #node: RunningNode;
  readonly #code: Uint8Array;
  readonly #isJudged: boolean;
  readonly #blocks: UpgradeBlock[] = [];
  readonly #failures: string[] = [];

  constructor(node: RunningNode, code: Uint8Array, isJudged: boolean) {
    this.#node = node;
    this.#code = code;
    this.#isJudged = isJudged;
  }

  async run(): Promise<Result<UpgradeRun, Report>> {
    const before = this.#describe();
    if (!before.ok) return before;
    const from = versionOf(this.#node);
    const isEnacted = await this.#enact(before.value);
    const stateBefore = this.#head().state;
    if (isEnacted) await this.#migrate();
    const after = this.#describe();
    const descriptions = {before: before.value, after: after.ok ? after.value : before.value};
    const {hashing} = this.#node.crypto;
    const {state} = this.#head();
    const unreadable = isEnacted
      ? unreadableItems(state, {now: descriptions.after, before: descriptions.before}, hashing)
      : [];
    for (const {item, count, reason} of unreadable) {
      // What merely stays behind harms nobody: live chains have such keys too.
      if (reason !== undefined) this.#fail(item, `${count} do not read any more (${reason})`);
    }
    return ok({
      from,
      to: versionOf(this.#node),
      blocks: this.#blocks,
      isJudged: this.#isJudged,
      changed: changedItems({before: stateBefore, after: state}, descriptions, hashing),
      unreadable,
      failures: this.#failures,
    });
  }

  /** The calls, and blocks until the code is there; false where it does not come. */
  async #enact(description: ChainDescription): Promise<boolean> {
    const tools = this.#node.timeTools!;
    for (const {call, encoded, by} of upgradeSteps(
      description,
      this.#code,
      this.#node.crypto.hashing,
    )) {
      const began = performance.now();
      if (by === "root") {
        const done = await tools.dispatch({origin: "root", call: encoded});
        if (!done.ok && (await this.#authorize(description, call))) continue;
        if (!done.ok) return this.#fail(`${call} by root`, describe(done.error));
        if (done.value.error !== undefined) return this.#fail(`${call} by root`, done.value.error);
        this.#note(done.value, `${call} by root (${done.value.how})`, began);
      } else {
        const made = await tools.makeBlock([bareExtrinsic(description, encoded)]);
        if (!made.ok) return this.#fail(call, describe(made.error));
        this.#note(made.value, `${call}, unsigned`, began);
        const error = this.#errorIn(description);
        if (error !== undefined) return this.#fail(call, error);
      }
    }
    for (let waited = 0; waited < MOST_WAITING; waited++) {
      if (this.#hasCode()) return true;
      const began = performance.now();
      const made = await tools.makeBlock([]);
      if (!made.ok) return this.#fail("a block before the code", describe(made.error));
      this.#note(made.value, this.#hasCode() ? "go-ahead: the code is there" : "waits", began);
    }
    return this.#hasCode() || this.#fail("the upgrade", "the new code did not come");
  }

  /** Where nobody here speaks for root: what root's call would leave in the state is written there. */
  async #authorize(description: ChainDescription, call: string): Promise<boolean> {
    const began = performance.now();
    const {hashing} = this.#node.crypto;
    const value = call.endsWith("authorize_upgrade")
      ? authorization(description, this.#code, hashing)
      : undefined;
    const written = value && (await this.#node.timeTools!.overrideState([value]));
    if (!written?.ok) return false;
    const what = `what ${call} leaves is written over the state: root speaks from elsewhere`;
    this.#note(written.value, what, began);
    return true;
  }

  /** Of the head's one transaction, which its events tell; undefined where it was carried out. */
  #errorIn(description: ChainDescription): string | undefined {
    const stored = this.#reader(description).stored("System.Events");
    const read = stored && readEvents(description, stored);
    const events = read?.ok ? read.value.events : [];
    const index = Math.max(...events.map(({extrinsic = -1}) => extrinsic));
    return outcomeIn(description, events, {how: "signed", index})?.error;
  }

  /** Blocks of the new runtime: its migrations, to their end. */
  async #migrate(): Promise<void> {
    const tools = this.#node.timeTools!;
    for (let count = 0, after = 0; count < MOST_MIGRATING && after <= BLOCKS_AFTER; count++) {
      const began = performance.now();
      const made = await tools.makeBlock([]);
      if (!made.ok) {
        this.#fail(
          count === 0 ? "the first block of the new runtime" : "a block of the new runtime",
          describe(made.error),
        );
        return;
      }
      const isMigrating = this.#isMigrating();
      const what = count === 0 ? "first of the new runtime" : isMigrating ? "migrates" : "goes on";
      this.#note(made.value, what, began);
      if (!isMigrating) after++;
    }
    if (this.#isMigrating())
      this.#fail("the migrations", `not over after ${MOST_MIGRATING} blocks`);
  }

  #isMigrating(): boolean {
    const description = this.#describe();
    if (!description.ok) return false;
    return this.#reader(description.value).stored("MultiBlockMigrations.Cursor") !== undefined;
  }

  #note(
    {hash, number}: {readonly hash: Hash; readonly number: number},
    what: string,
    began: number,
  ): void {
    const took = Math.round(performance.now() - began);
    const description = this.#describe();
    const weight = description.ok ? readBlockWeight(this.#reader(description.value)) : undefined;
    const judged = this.#judge(hash, number);
    this.#blocks.push({number, what, took, weight, ...judged});
    this.#failures.push(...weightExcesses(weight).map(each => `block ${number} ${each}`));
  }

  #judge(hash: Hash, number: number): Pick<UpgradeBlock, "proofSize" | "verdict"> {
    const unjudged = {proofSize: undefined, verdict: "not judged"} as const;
    const {chain} = this.#node;
    const past = pastBlock(chain, hash);
    if (past === undefined || !past.ok) return unjudged;
    const rest = {verifySignature: this.#node.verifySignature};
    const proof = blockProof(past.value, rest);
    if (!proof.ok) return unjudged;
    const {size: proofSize, compact} = proof.value;
    const excess = proofExcess(proofSize, compact);
    if (excess !== undefined) this.#failures.push(`block ${number} ${excess}`);
    if (!this.#isJudged) return {...unjudged, proofSize};
    const description = describeAt(this.#node, chain.at(chain.header(hash)!.parentHash)!);
    const judged = judgeBlock(past.value, {
      ...rest,
      relayParent: ({body}) =>
        description.ok ? relayParentIn(description.value, body) : undefined,
    });
    if (judged.ok) return {proofSize, verdict: "valid"};
    const {error} = judged;
    const reason = "reason" in error ? error.reason : error.code;
    this.#fail(`validate_block refuses block ${number}`, reason);
    return {proofSize, verdict: "refused"};
  }

  #fail(what: string, reason: string): false {
    this.#failures.push(`${what}: ${reason}`);
    return false;
  }

  #head(): Head {
    return this.#node.chain.head;
  }

  #hasCode(): boolean {
    const now = this.#head().state.get(CODE_KEY);
    return now !== undefined && Buffer.compare(now, this.#code) === 0;
  }

  #describe(): Result<ChainDescription, Report> {
    return describeAt(this.#node, this.#head());
  }

  #reader(description: ChainDescription): StateReader {
    return readerAt(this.#node, this.#head(), description);
  }
}

const describe = (failure: {readonly code: string; readonly reason?: string}): string =>
  failure.reason ?? failure.code;
