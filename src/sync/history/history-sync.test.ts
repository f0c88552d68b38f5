import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {err, type Millis, millis, ok} from "#base";
import type {BlocksWanted, ReceivedBlock, SyncBlock} from "../messages.ts";
import {hashing} from "../test-kit/toy-chain.ts";
import {WarpedChain} from "../test-kit/toy-warp.ts";
import {HistorySync} from "./history-sync.ts";

const chain = new WarpedChain({length: 600, accounts: 1});
const other = new WarpedChain({length: 600, accounts: 1, salt: 2});
const ref = (number: number) => ({hash: chain.hashes[number]!, number});

/** What a peer says, and after how many milliseconds. */
type Reply = (wanted: BlocksWanted) => Said | {readonly late: number; readonly said: Said};
type Said = readonly ReceivedBlock[] | "refused" | undefined;

function answer(of: WarpedChain, {from, max}: BlocksWanted, most = 128): ReceivedBlock[] {
  const top = "hash" in from ? of.numberOf(from.hash) : from.number;
  const count = Math.min(max, most, top + 1);
  return Array.from({length: Math.max(0, count)}, (_, i) => of.block(top - i));
}

/** Fills from block 550 down to block 3, with a clock that jumps to whatever is next. */
function fill(peers: readonly Reply[], keepsBody?: (number: number) => boolean) {
  const sync = new HistorySync({above: ref(2), next: ref(550)}, hashing, keepsBody);
  const kept: SyncBlock[] = [];
  const reports: string[] = [];
  let broken: string | undefined;
  let now: Millis = millis(1);
  for (const i of peers.keys()) sync.peerJoined(String(i), now);
  const inbox: {readonly at: number; event(): void}[] = [];
  const slow: boolean[] = [];
  const end = 600_000;
  for (;;) {
    for (const action of sync.drain()) {
      if (action.kind === "report") reports.push(`${action.peer} ${action.offence}`);
      else if (action.kind === "broken") broken = action.facts;
      else if (action.kind === "keep") {
        kept.push(...action.blocks);
        slow.push(action.isSlow);
        inbox.push({at: now, event: () => sync.kept(now)});
      } else {
        const reply = peers[Number(action.peer)]!(action.wanted);
        const {late, said} =
          typeof reply === "object" && "late" in reply ? reply : {late: 0, said: reply};
        if (said === undefined) continue;
        const event = () =>
          sync.answered(action.id, said === "refused" ? err("refused") : ok(said), now);
        inbox.push({at: now + late, event});
      }
    }
    inbox.sort((a, b) => a.at - b.at);
    const wake = sync.wakeAt(now);
    const next = inbox[0];
    if (next !== undefined && next.at <= (wake ?? next.at)) {
      inbox.shift();
      now = millis(Math.max(now, next.at));
      next.event();
      continue;
    }
    if (wake === undefined || wake > end) return {sync, kept, reports, broken, slow, now};
    now = wake;
    sync.tick(now);
  }
}

test("bodies that are not kept are not asked for", () => {
  const asked: [from: number, body: boolean][] = [];
  const {kept} = fill(
    [
      wanted => {
        asked.push([chain.numberOf((wanted.from as {hash: Uint8Array}).hash), wanted.body]);
        return answer(chain, wanted);
      },
    ],
    number => number >= 400,
  );
  assert.equal(kept.length, 548);
  assert.deepEqual(asked, [
    [550, true],
    [422, true],
    [294, false],
    [166, false],
    [38, false],
  ]);
});

test("history comes from the top downwards, to right above what was kept before", () => {
  const {sync, kept, reports} = fill([wanted => answer(chain, wanted)]);
  assert.deepEqual(
    kept.map(({number}) => number),
    Array.from({length: 548}, (_, i) => 550 - i),
  );
  assert.equal(sync.isOver, true);
  assert.deepEqual(reports, []);
});

const drips: Reply = wanted => ({late: 21_000, said: answer(chain, wanted, 1)});

test("whoever gives a block at a time just before its deadline is left for others", () => {
  const {sync, kept, now} = fill([drips, drips, wanted => answer(chain, wanted)]);
  assert.equal(sync.isOver, true);
  assert.equal(kept.length, 548);
  assert.ok(now < 60_000, String(now));
});

test("those that take turns at saying nothing keep nobody from asking the one that answers, however long that takes", () => {
  const mute: Reply = () => undefined;
  const slowly: Reply = wanted => ({late: 100, said: answer(chain, wanted)});
  const {sync, now} = fill([mute, mute, mute, slowly]);
  assert.equal(sync.isOver, true);
  assert.ok(now < 90_000, String(now));
});

test("where nobody gives more than drops they are kept, and said to be slow", () => {
  const {sync, kept, slow, reports} = fill([drips]);
  assert.equal(sync.isOver, false);
  assert.ok(kept.length > 5);
  assert.ok(slow.every(isSlow => isSlow));
  assert.deepEqual(reports, []);
});

test("a chain that does not stand on ours is told of and not kept to its end", () => {
  const sync = new HistorySync(
    {above: {hash: new Uint8Array(32), number: 2}, next: ref(5)},
    hashing,
  );
  sync.peerJoined("a", millis(1));
  const [request] = sync.drain();
  assert.ok(request?.kind === "request");
  sync.answered(request.id, ok(answer(chain, request.wanted)), millis(2));
  assert.deepEqual(
    sync.drain().map(({kind}) => kind),
    ["broken"],
  );
});

test("while held nothing is asked, and afterwards it goes on", () => {
  const sync = new HistorySync({above: ref(2), next: ref(550)}, hashing);
  sync.hold(true, millis(1));
  sync.peerJoined("a", millis(1));
  assert.deepEqual(sync.drain(), []);
  sync.hold(false, millis(2));
  assert.equal(sync.drain().length, 1);
});

test("however the others misbehave, one honest peer is enough", () => {
  const replies: Record<string, Reply> = {
    mute: () => undefined,
    refuses: () => "refused",
    none: () => [],
    one: wanted => answer(chain, wanted, 1),
    "other chain": wanted => answer(other, {...wanted, from: {number: 550}}),
    "other bodies": wanted => answer(chain, wanted).map(block => ({...block, body: []})),
    "wrong order": wanted => answer(chain, wanted).reverse(),
  };
  const names = fc.constantFrom(...Object.keys(replies));
  fc.assert(
    fc.property(fc.array(names, {maxLength: 5}), fc.nat({max: 5}), (others, place) => {
      const peers = others.map(name => replies[name]!);
      const at = Math.min(place, peers.length);
      peers.splice(at, 0, wanted => answer(chain, wanted));
      const {sync, kept, reports} = fill(peers);
      assert.equal(sync.isOver, true);
      assert.equal(kept.length, 548);
      assert.ok(!reports.some(report => report.startsWith(`${at} `)));
    }),
    {numRuns: 60},
  );
});
