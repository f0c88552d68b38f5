import assert from "node:assert/strict";
import {test} from "node:test";
import {err, silentLogger} from "#base";
import type {BlockRequest, RequestClient} from "#network";
import {type Header, headerHash} from "#primitives";
import {ImportQueue} from "../chain/import-queue.ts";
import {coreForTests, SLOT} from "../test-kit/core-for-tests.ts";
import {SyncService} from "./sync-service.ts";

test("a header that no author sealed is not fetched, and costs whoever announced it", async () => {
  const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
  const [a, b] = [await coreForTests(NAMES), await coreForTests(NAMES)];
  const {hash} = await a.make(1);
  b.clock.advanceTo(a.clock.now());
  const {chain, importer} = b.core;
  const onFatal = (error: unknown) => assert.fail(String(error));
  const reports: string[] = [];
  const asked: BlockRequest[] = [];
  const requests = {
    blocks: async (_: string, request: BlockRequest) => {
      asked.push(request);
      return err({code: "refused", message: ""});
    },
  } as unknown as RequestClient;
  const shared = {chain, importer, clock: b.clock, logger: silentLogger, onFatal};
  const queue = new ImportQueue({
    ...shared,
    time: b.clock,
    slots: {durationOf: () => SLOT},
    yieldThread: async () => {},
  });
  const sync = new SyncService("full", {
    ...shared,
    queue,
    isOld: () => false,
    grandpa: b.core.finality.grandpa,
    requests,
    crypto: b.crypto,
    report: (peer, reason) => reports.push(`${peer} ${reason}`),
    onJustification: () => {},
  });
  const announce = (header: Header) => {
    const announced = {header, isBest: true, data: new Uint8Array(0)};
    sync.announced("peer", announced, headerHash(header, b.crypto.hashing));
  };
  sync.peerAccepted("peer", {roles: "full", bestHash: chain.genesisHash, bestNumber: 0});
  const header = a.core.chain.header(hash)!;
  for (let i = 1; i < 10; i++) announce({...header, stateRoot: new Uint8Array(32).fill(i)});
  assert.deepEqual(asked, []);
  assert.deepEqual(new Set(reports), new Set(["peer announce-invalid"]));
  announce(header);
  assert.deepEqual(
    asked.map(({from}) => from),
    [{hash}],
  );
  sync.stop();
  await queue.stop();
});
