import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, hex} from "#base";
import {type Codec, decode, encode} from "#codec";
import {type DigestItem, header as headerCodec} from "#primitives";
import {
  announcedChange,
  authorityList,
  equivocationProof,
  type GossipMessage,
  gossipMessage,
  grandpaLog,
  justification,
  signingPayload,
  voteMessage,
  warpProof,
} from "./index.ts";
import {GENESIS, headerOn, logItem, refOf} from "./test-kit/chain.ts";

const r = (byte: string, count: number) => byte.repeat(count);
const block = {hash: new Uint8Array(32).fill(0xaa), number: 258};
const BLOCK = `${r("aa", 32)}02010000`;
const signature = new Uint8Array(64).fill(0xbb);
const id = new Uint8Array(32).fill(0xcc);
const SIGNATURE = r("bb", 64);
const ID = r("cc", 32);
const vote = {target: block, signature, id};
const VOTE = BLOCK + SIGNATURE + ID;
const ROUND = "0300000000000000";
const SET = "0500000000000000";

function golden<T>(codec: Codec<T>, value: T, expected: string): void {
  assert.equal(bytesToHex(encode(codec, value)), `0x${expected}`);
  assert.deepEqual(decode(codec, hex(`0x${expected}`)), {ok: true, value});
}

test("messages have their known bytes", () => {
  golden(voteMessage, {type: "Prevote", value: block}, `00${BLOCK}`);
  golden(voteMessage, {type: "Precommit", value: block}, `01${BLOCK}`);
  golden(voteMessage, {type: "PrimaryPropose", value: block}, `02${BLOCK}`);
});

test("what a voter signs is 53 bytes: message, round, set id", () => {
  const payload = signingPayload({type: "Precommit", value: block}, 3, 5);
  assert.equal(payload.length, 53);
  assert.equal(bytesToHex(payload), `0x01${BLOCK}${ROUND}${SET}`);
});

test("gossip messages have their known bytes", () => {
  const message = {type: "Prevote" as const, value: block};
  golden(
    gossipMessage,
    {type: "Vote", value: {round: 3, setId: 5, vote: {message, signature, id}}},
    `00${ROUND}${SET}00${VOTE}`,
  );
  golden(
    gossipMessage,
    {
      type: "Commit",
      value: {
        round: 3,
        setId: 5,
        commit: {target: block, precommits: [block], authData: [{signature, id}]},
      },
    },
    `01${ROUND}${SET}${BLOCK}04${BLOCK}04${SIGNATURE}${ID}`,
  );
  golden(gossipMessage, {type: "CatchUpRequest", value: {round: 3, setId: 5}}, `03${ROUND}${SET}`);
  golden(
    gossipMessage,
    {
      type: "CatchUp",
      value: {setId: 5, round: 3, prevotes: [vote], precommits: [vote, vote], base: block},
    },
    `04${SET}${ROUND}04${VOTE}08${VOTE}${VOTE}${BLOCK}`,
  );
});

test("a neighbour packet is 22 bytes of version 1; another version does not decode", () => {
  const packet: GossipMessage = {
    type: "Neighbour",
    value: {type: "V1", value: {round: 3, setId: 5, finalized: 258}},
  };
  golden(gossipMessage, packet, `0201${ROUND}${SET}02010000`);
  assert.equal(encode(gossipMessage, packet).length, 22);
  assert.equal(decode(gossipMessage, hex(`0x0202${ROUND}${SET}02010000`)).ok, false);
});

test("a justification is round, target, votes and headers; a warp proof is headers with such", () => {
  const header = headerOn(refOf(GENESIS));
  const HEADER = bytesToHex(encode(headerCodec, header)).slice(2);
  const value = {
    round: 3,
    commit: {target: block, precommits: [vote]},
    votesAncestries: [header],
  };
  const JUSTIFICATION = `${ROUND}${BLOCK}04${VOTE}04${HEADER}`;
  golden(justification, value, JUSTIFICATION);
  golden(
    warpProof,
    {fragments: [{header, justification: value}], isFinished: true},
    `04${HEADER}${JUSTIFICATION}01`,
  );
});

test("an equivocation proof has its known bytes", () => {
  const proof = {round: 3, id, first: [block, signature], second: [block, signature]} as const;
  golden(
    equivocationProof,
    {
      setId: 5,
      equivocation: {
        type: "Precommit",
        value: {...proof, first: [...proof.first], second: [...proof.second]},
      },
    },
    `${SET}01${ROUND}${ID}${BLOCK}${SIGNATURE}${BLOCK}${SIGNATURE}`,
  );
});

test("digest logs and authority lists have their known bytes", () => {
  const nextAuthorities = [{id, weight: 1}];
  const LIST = `04${ID}0100000000000000`;
  golden(authorityList, nextAuthorities, LIST);
  golden(
    grandpaLog,
    {type: "ScheduledChange", value: [{nextAuthorities, delay: 2}]},
    `01${LIST}02000000`,
  );
  golden(
    grandpaLog,
    {type: "ForcedChange", value: [258, {nextAuthorities, delay: 2}]},
    `0202010000${LIST}02000000`,
  );
  golden(grandpaLog, {type: "OnDisabled", value: 1}, "030100000000000000");
  golden(grandpaLog, {type: "Pause", value: 1}, "0401000000");
  golden(grandpaLog, {type: "Resume", value: 1}, "0501000000");
});

test("the first change of a header counts, and a forced one before a scheduled one", () => {
  const scheduled = (delay: number) =>
    logItem({type: "ScheduledChange", value: [{nextAuthorities: [{id, weight: 1}], delay}]});
  const forced = logItem({
    type: "ForcedChange",
    value: [7, {nextAuthorities: [{id, weight: 1}], delay: 9}],
  });
  const change = (...digest: DigestItem[]) => announcedChange({digest});
  assert.equal(change(), undefined);
  assert.equal(change(scheduled(1), scheduled(2))?.delay, 1);
  assert.deepEqual(change(scheduled(1), forced)?.forced, {medianLastFinalized: 7});
  assert.equal(change(logItem({type: "OnDisabled", value: 0})), undefined);
  const other = scheduled(1);
  assert.ok(other.type === "Consensus");
  const foreign = {
    ...other,
    value: [new Uint8Array(4), other.value[1]] as [Uint8Array, Uint8Array],
  };
  assert.equal(change(foreign), undefined, "of another engine");
});

test("numbers beyond 53 bits do not decode", () => {
  const request = (round: string) => decode(gossipMessage, hex(`0x03${round}${SET}`));
  assert.equal(request("ffffffffffff1f00").ok, true);
  assert.equal(request("0000000000002000").ok, false);
});

test("any bytes decode or fail by a code", () => {
  const input = fc.tuple(fc.nat({max: 5}), fc.uint8Array({maxLength: 400}));
  fc.assert(
    fc.property(input, ([tag, body]) => {
      const decoded = decode(gossipMessage, Uint8Array.of(tag, ...body));
      assert.ok(decoded.ok || decoded.error.code.length > 0);
      if (decoded.ok) assert.equal(encode(gossipMessage, decoded.value).length, body.length + 1);
    }),
  );
});
