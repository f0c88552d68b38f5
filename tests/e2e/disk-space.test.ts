import assert from "node:assert/strict";
import {mkdtempSync, rmSync, statfsSync, writeFileSync} from "node:fs";
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
    minFreeSpace: bavail * bsize - 64 * MEBIBYTE,
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
  writeFileSync(join(directory, "filler"), Buffer.alloc(160 * MEBIBYTE));
  const report = await stopped;
  rmSync(join(directory, "filler"));
  assert.equal(report.code, "disk-low");
  assert.ok(report.todo);
  await started.value.stop();
});
