import assert from "node:assert/strict";
import {execFileSync, spawn} from "node:child_process";
import {readFile, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {freePort} from "../support/free-port.ts";
import {startKhala} from "../support/khala-process.ts";
import {metricsUrl} from "../support/metrics-url.ts";
import {rpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

const DEPLOY = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "deploy", "prometheus");

const promtool = (...args: string[]) =>
  execFileSync("promtool", args, {cwd: DEPLOY, encoding: "utf8", stdio: "pipe"});

test("the alert rules are well formed, and each fires on what it is for", async () => {
  promtool("check", "rules", "khala-alerts.yml");
  promtool("check", "config", "prometheus.yml");
  promtool("test", "rules", "khala-alerts.test.yml");
  const namesIn = async (file: string, pattern: RegExp) => {
    const text = await readFile(join(DEPLOY, file), "utf8");
    return [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
  };
  const rules = await namesIn("khala-alerts.yml", /- alert: (\w+)/g);
  assert.ok(rules.length >= 11);
  const fired = /alertname: (\w+)\s+exp_alerts:/g;
  assert.deepEqual(await namesIn("khala-alerts.test.yml", fired), rules);
});

test("every metric that rules and board ask for is one that a node has", async t => {
  const node = await startKhala(["dev", "--rpc-port=0", "--prometheus-port=0"]);
  t.after(() => node.stop());
  const url = await metricsUrl(node);
  // So that there is a call to be counted.
  await rpc(node.url, "system_name", []);
  const text = await (await fetch(url)).text();
  const board = await readFile(join(DEPLOY, "..", "grafana", "khala.json"), "utf8");
  const rules = await readFile(join(DEPLOY, "khala-alerts.yml"), "utf8");
  // Where rules tell people what to call, they name a method.
  const expressions = rules.replaceAll(/^\s+(action|summary): .*$/gm, "");
  const asked = new Set(
    `${board}\n${expressions}`.match(/\b(substrate|khala|process|nodejs)_[a-z0-9_]+\b/g) ?? [],
  );
  assert.ok(asked.size > 15);
  const missing = [...asked].filter(name => !new RegExp(`^${name}[{ ]`, "m").test(text));
  // Known only once there were blocks of others to hold the clock against.
  assert.deepEqual(
    missing.filter(name => name !== "khala_clock_offset_seconds"),
    [],
  );
  // Names that are Substrate's, or prom-client's, break some of Prometheus' rules for names; ours do not.
  const ours = text.split("\n").filter(line => /^(# (HELP|TYPE) )?khala_/.test(line));
  execFileSync("promtool", ["check", "metrics"], {input: `${ours.join("\n")}\n`});
});

test("Prometheus scrapes a node and sees its blocks", async t => {
  const folder = await temporaryFolder("prometheus");
  const node = await startKhala([
    ...["dev", "--rpc-port=0", "--prometheus-port=0", "--param=slot=200ms"],
  ]);
  t.after(() => node.stop());
  const target = new URL(await metricsUrl(node)).host;
  const config = (await readFile(join(DEPLOY, "prometheus.yml"), "utf8"))
    .replace("127.0.0.1:9615", target)
    .replace("scrape_interval: 5s", "scrape_interval: 500ms")
    .replace("[khala-alerts.yml]", `[${join(DEPLOY, "khala-alerts.yml")}]`);
  await writeFile(join(folder, "prometheus.yml"), config);
  const port = await freePort();
  const prometheus = spawn(
    "prometheus",
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
    ],
    {stdio: "ignore"},
  );
  const ended = new Promise(resolve => prometheus.on("close", resolve));
  t.after(async () => {
    prometheus.kill("SIGTERM");
    await ended;
  });
  const height = async (): Promise<number> => {
    const query = encodeURIComponent('substrate_block_height{status="best"}');
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${query}`).catch(
      () => undefined,
    );
    const body = (await answer?.json().catch(() => undefined)) as
      | {data?: {result?: {value: [number, string]}[]}}
      | undefined;
    return Number(body?.data?.result?.[0]?.value[1] ?? 0);
  };
  while ((await height()) < 5) await new Promise(resolve => setTimeout(resolve, 200));
});
