import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {inherents, recordings} from "./support/recording.ts";
import {type GenuineSpec, Replay, readSpec} from "./support/replay.ts";

/** Folders with chain specs that carry the recorded code, and with the recordings. Neither is part of the project. */
const {KHALA_GENUINE: specs, KHALA_RECORDINGS: recorded} = process.env;

/** Blocks between these were executed and not written down, so that they cannot be executed again. */
const UNWRITTEN = "l-stepped-two-sessions";

if (specs === undefined || recorded === undefined) {
  process.stdout.write(
    "recordings are replayed where KHALA_GENUINE and KHALA_RECORDINGS name folders of chain specs and recordings\n",
  );
} else {
  const known = new Map<string, GenuineSpec>();
  for (const file of readdirSync(specs)) {
    const spec = readSpec(readFileSync(join(specs, file), "utf8"));
    const {specName, specVersion} = spec.runtime.version;
    known.set(`${specName} ${specVersion}`, spec);
  }
  const left = inherents(join(recorded, "inherents"));
  for (const {path, recording} of recordings(recorded)) {
    const {specName, specVersion} = recording.runtime;
    const spec = known.get(`${specName} ${specVersion}`);
    if (spec === undefined || recording.id === UNWRITTEN) continue;
    const blocks = recording.blocks.length;
    test(`${path}: ${blocks} blocks of ${specName} ${specVersion} come out as they were recorded`, () => {
      const replay = new Replay(spec, recording, left);
      replay.checkGenesis();
      for (const block of recording.blocks) replay.block(block);
    });
  }
}
