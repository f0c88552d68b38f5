import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {type KhalaProcess, startKhala} from "../support/khala-process.ts";
import {metricsUrl} from "../support/metrics-url.ts";
import {rpc} from "../support/rpc.ts";

const MANIFEST = new URL("../../package.json", import.meta.url);
const VERSION: string = JSON.parse(readFileSync(MANIFEST, "utf8")).version;

/** What a scrape finds, by name and labels other than the chain's. */
async function scrape(node: KhalaProcess): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(await metricsUrl(node))).text();
  const samples = new Map<string, number>();
  for (const line of text.split("\n")) {
    const match = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (match === null) continue;
    const labels = (match[2] ?? "")
      .split(",")
      .filter(label => label !== "" && !label.startsWith("chain="))
      .join(",");
    samples.set(labels === "" ? match[1]! : `${match[1]}{${labels}}`, Number(match[3]));
  }
  return samples;
}

test("what happens moves its metric: a block of ours, a slot without one, a call, a client", async t => {
  const node = await startKhala([
    ...["dev", "--rpc-port=0", "--prometheus-port=0", "--param=slot=200ms"],
  ]);
  t.after(() => node.stop());
  const until = async (isThere: (samples: ReadonlyMap<string, number>) => boolean) => {
    for (;;) {
      const samples = await scrape(node);
      if (isThere(samples)) return samples;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  };
  const started = await until(samples => samples.get('substrate_block_height{status="best"}')! > 2);
  assert.equal(started.get(`substrate_build_info{name="khala",version="${VERSION}"}`), 1);
  assert.equal(started.get("substrate_node_roles"), 4);
  const made = await until(samples => samples.get('khala_slots_total{outcome="final"}')! > 3);
  const height = made.get('substrate_block_height{status="best"}')!;
  assert.ok(height >= made.get('substrate_block_height{status="finalized"}')!);
  const constructed = made.get("substrate_proposer_block_constructed_count")!;
  assert.ok(constructed >= 4 && constructed <= height + 1);
  assert.equal(made.get("khala_keys_match"), 1);
  assert.equal(made.get("khala_kick_blocks_left"), -1);
  // A slot of the first moments may be missed; ten good ones later that is past.
  const well = await until(samples => samples.get('khala_verdict{verdict="producing"}') === 1);
  assert.equal(well.get('khala_verdict{verdict="missing-slots"}'), 0);
  assert.equal(made.get("khala_equivocations_number"), 0);

  const call = 'substrate_rpc_calls_finished{method="system_name",is_error="false"}';
  const before = well.get(call) ?? 0;
  await rpc(node.url, "system_name", []);
  assert.equal((await scrape(node)).get(call), before + 1);
  await assert.rejects(rpc(node.url, "made_up_name", []));
  const errors = 'substrate_rpc_calls_finished{method="unknown",is_error="true"}';
  assert.equal((await scrape(node)).get(errors), 1);

  // Asleep for some slots: they are missed, and the record of each says why.
  node.child.kill("SIGSTOP");
  await new Promise(resolve => setTimeout(resolve, 1_500));
  node.child.kill("SIGCONT");
  const missed = await until(
    samples => samples.get('khala_slots_total{outcome="out-of-time"}')! > 2,
  );
  assert.equal(missed.get('khala_slots_total{outcome="node-down"}'), 0);
  const slots = await rpc<{outcome: string}[]>(node.url, "collator_slots", [50]);
  assert.ok(slots.some(({outcome}) => outcome === "out-of-time"));
});

test("where nobody wants metrics there are none, and a port that is taken is said", async t => {
  const node = await startKhala(["dev", "--rpc-port=0", "--no-prometheus"]);
  t.after(() => node.stop());
  assert.ok(!node.lines.some(line => line.includes("/metrics")));
  const port = new URL(node.url).port;
  await assert.rejects(
    startKhala(["dev", "--rpc-port=0", `--prometheus-port=${port}`]),
    /metrics cannot be served on 127\.0\.0\.1:\d+: EADDRINUSE/,
  );
});
