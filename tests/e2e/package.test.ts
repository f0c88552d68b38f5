import assert from "node:assert/strict";
import {existsSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {Keyring} from "@polkadot/api";
import {cryptoWaitReady} from "@polkadot/util-crypto";
import {startKhala} from "../support/khala-process.ts";
import {startNet} from "../support/net-process.ts";
import {finalizedOf, until} from "../support/network.ts";
import {installPacked} from "../support/packed-package.ts";
import {connect, pairs, sendFinal} from "../support/polkadot.ts";
import {rpc} from "../support/rpc.ts";

const directory = mkdtempSync(join(tmpdir(), "khala-package-"));
after(() => rmSync(directory, {recursive: true, force: true}));
let bin = "";
before(() => {
  bin = join(installPacked(directory), "bin", "khala.js");
});

const DEV = ["dev", "--rpc-port=0", "--no-prometheus", "--param=slot=200ms"];

test("the packed package runs a dev chain in an empty folder, with its declared dependencies only", async t => {
  const node = await startKhala([...DEV, "--signature-workers=1"], {bin});
  t.after(() => node.stop());
  assert.equal(await rpc(node.url, "system_chain", []), "Khala Development");
  const api = await connect(node.url);
  const pair = await pairs();
  await sendFinal(api, api.tx.system.remark("0x01"), pair("//Alice"));
  await api.disconnect();
  assert.equal(await node.stop(), 0);
});

test("the packed package serves the dashboard, with each script that its page names", async t => {
  const node = await startKhala(DEV, {bin});
  t.after(() => node.stop());
  const home = node.url.replace("ws:", "http:");
  const page = await (await fetch(`${home}/`)).text();
  const named = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(match => match[1]!);
  assert.ok(named.length >= 2, page);
  for (const path of named) assert.equal((await fetch(home + path)).status, 200, path);
});

test("the packed package runs a network of four that finalizes", async () => {
  const net = await startNet(["4", "--param=slot=200ms"], {}, bin);
  await until("block 1 is final everywhere", async () => {
    const finalized = await Promise.all(net.nodes.map(finalizedOf));
    return finalized.every(number => number >= 1);
  });
  assert.equal(await net.stop("SIGTERM"), 0);
});

test("without the native addon, as where none is built, signatures by ecdsa are taken as well", async t => {
  // Not below the other, whose packages node would find.
  const folder = mkdtempSync(join(tmpdir(), "khala-bare-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  const home = installPacked(folder, {withOptional: false});
  assert.ok(!existsSync(join(folder, "node_modules", "secp256k1")));
  const node = await startKhala([...DEV, "--signature-workers=1"], {
    bin: join(home, "bin", "khala.js"),
  });
  t.after(() => node.stop());
  await cryptoWaitReady();
  const signer = new Keyring({type: "ecdsa", ss58Format: 30}).addFromUri("//Ecdsa");
  const api = await connect(node.url);
  const alice = (await pairs())("//Alice");
  await sendFinal(api, api.tx.balances.transferKeepAlive(signer.address, 10n ** 13n), alice);
  await sendFinal(api, api.tx.system.remark("0x02"), signer);
  await api.disconnect();
});
