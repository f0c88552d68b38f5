import assert from "node:assert/strict";
import {test} from "node:test";
import {formatReport, unwrap} from "#base";
import {showConfig} from "./config/show.ts";
import {DeskError} from "./desk/desk-error.ts";
import {LINK_FLAGS} from "./desk/link-flags.ts";
import {NodeLink} from "./desk/node-link.ts";
import {FlagValues, parseFlags} from "./flags/index.ts";
import {NODE_FLAGS} from "./node/node-flags.ts";
import {readConfiguration} from "./node/read-configuration.ts";
import {layer} from "./settings/layers.ts";

const FLAGS = [...NODE_FLAGS, ...LINK_FLAGS.filter(({name}) => name === "url")];

test("settings are shown without what opens the addresses in them", async () => {
  const args = [
    "--telemetry-url=wss://me:hush@example.org/submit/?key=hush 0",
    "--url=ws://me:hush@127.0.0.1:9944",
    "--alert-webhook=https://me:hush@example.org/hush",
    `--node-key=${"0f".repeat(32)}`,
  ];
  const layers = unwrap(await layer(unwrap(parseFlags(args, FLAGS)), FLAGS, {}));
  for (const asJson of [true, false]) {
    const lines: string[] = [];
    showConfig(
      layers,
      FLAGS,
      {
        stdout: line => lines.push(line),
        stderr: line => lines.push(line),
        raw: () => {},
        readBytes: async () => new Uint8Array(0),
        readStdin: async () => "",
      },
      asJson,
    );
    const text = lines.join("\n");
    assert.match(text, /wss:\/\/…@example\.org\/submit\/\?key=… 0/);
    assert.doesNotMatch(text, /hush|0f0f0f/);
  }
});

test("a node that is not reached is named without what opens its address", async () => {
  for (const url of ["ws://me:hush@127.0.0.1:1/?token=hush", "ws://me:hush@", "me:hush@nowhere"]) {
    await assert.rejects(NodeLink.open(new FlagValues(new Map([["url", [url]]]), [])), error => {
      assert.ok(error instanceof DeskError);
      assert.doesNotMatch(formatReport(error.report), /hush/);
      return true;
    });
  }
});

test("a setting that is of no use is told without it", () => {
  const args = [
    "--chain=dev",
    "--base-path=/nowhere",
    "--telemetry-url=ftp://me:hush@example.org/",
  ];
  const read = readConfiguration(unwrap(parseFlags(args, NODE_FLAGS)), {dev: false});
  assert.ok(!read.ok);
  assert.doesNotMatch(formatReport(read.error), /hush/);
});
