import assert from "node:assert/strict";
import {appendFileSync, mkdtempSync, rmSync, statfsSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {millis, type Report, silentLogger} from "#base";
import {presetSpec} from "#chain-spec";
import {steadyClock, systemClock} from "#core";
import {type NodeConfiguration, startNode} from "#node";

const directory = mkdtempSync(join(tmpdir(), "khala-disk-"));
after(() => rmSync(directory, {recursive: true, force: true}));

const MEBIBYTE = 1_048_576;
/** What others who run beside it may fill before it has begun. */
const ROOM = 128 * MEBIBYTE;

test("a node whose disk fills up under it says so and stops cleanly", async () => {
  const spec = presetSpec("dev");
  assert.ok(spec);
  const {bavail, bsize} = statfsSync(directory);
  const configuration: NodeConfiguration = {
    spec,
    name: "test",
    version: "0",
    basePath: join(directory, "node"),
    throwAway: true,
    collator: true,
    devKeys: ["//Alice"],
    keystorePath: undefined,
    password: undefined,
    seal: {kind: "manual"},
    sync: "full",
    forceAuthoring: false,
    network: {
      listen: [],
      announce: [],
      bootnodes: [],
      reserved: [],
      reservedOnly: false,
      slots: {},
      nodeKey: undefined,
    },
    rpc: {host: "127.0.0.1", port: 0, methods: "auto", origins: undefined, limits: {}},
    pool: {},
    signatureWorkers: 1,
    minFreeSpace: bavail * bsize - ROOM,
    freeSpaceInterval: millis(50),
  };
  let fatal!: (report: Report) => void;
  const stopped = new Promise<Report>(resolve => {
    fatal = resolve;
  });
  const started = await startNode(configuration, {
    clock: steadyClock,
    wallClock: systemClock,
    logger: silentLogger,
    onFatal: fatal,
  });
  assert.ok(started.ok, started.ok ? "" : started.error);
  const filler = join(directory, "filler");
  const piece = Buffer.alloc(16 * MEBIBYTE);
  let report: Report | undefined;
  void stopped.then(told => {
    report = told;
  });
  // Until it notices: others may clear what they have there meanwhile.
  while (report === undefined) {
    const now = statfsSync(directory);
    if (now.bavail * now.bsize >= configuration.minFreeSpace) appendFileSync(filler, piece);
    await Promise.race([stopped, new Promise(resolve => setTimeout(resolve, 10))]);
  }
  rmSync(filler);
  assert.equal(report.code, "disk-low");
  assert.ok(report.todo);
  await started.value.stop();
});
