import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import fc from "fast-check";
import {type Logger, millis, silentLogger, VirtualClock} from "#base";
import {AddressBook} from "./address-book.ts";
import {isGlobalAddress} from "./address-scope.ts";
import {FilePeerStore} from "./file-peer-store.ts";
import {bytesToMultiaddr, multiaddrToBytes} from "./multiaddr-bytes.ts";

function inFolder(run: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "khala-peers-"));
  try {
    run(folder);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test("known peers outlive the process, in a file for its owner only", () =>
  inFolder(folder => {
    const file = join(folder, "network", "peers.json");
    const peers = [
      {peer: "a", addresses: ["/ip4/1.2.3.4/tcp/1"], score: -5},
      {peer: "b", addresses: [], score: 0, ban: {until: millis(99), reason: "block-invalid"}},
    ];

    new FilePeerStore(file, silentLogger).save(peers);

    assert.deepEqual(new FilePeerStore(file, silentLogger).load(), peers);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(join(folder, "network")), ["peers.json"]);
  }));

test("a damaged file is put aside with a warning, and a missing one is none", () =>
  inFolder(folder => {
    const file = join(folder, "peers.json");
    const warnings: string[] = [];
    const logger: Logger = {log: (level, _, message) => warnings.push(`${level} ${message}`)};
    const store = new FilePeerStore(file, logger);
    assert.deepEqual(store.load(), []);
    assert.deepEqual(warnings, []);
    for (const damage of ['{"version":1,"peers":[{"peer":', '{"version":2,"peers":[]}', "[]"]) {
      warnings.length = 0;
      writeFileSync(file, damage);

      assert.deepEqual(store.load(), []);

      assert.match(warnings.join(), /^warn the known peers are damaged/);
      assert.equal(readFileSync(`${file}.corrupt`, "utf8"), damage);
    }
    store.save([]);
    assert.deepEqual(store.load(), []);
  }));

test("the address book keeps bootnodes, forgets hearsay, and waits longer after each failure", () => {
  const clock = new VirtualClock(millis(0));
  const book = new AddressBook(clock);
  book.add({peer: "boot", address: "/memory/boot"}, {isKept: true});
  for (let i = 0; i < 5_000; i++) book.add({peer: `p${i}`, address: "/memory/x"});
  for (let i = 0; i < 50; i++) book.add({peer: "boot", address: `/memory/b${i}`});

  assert.equal(book.size, 1_000);
  assert.equal(book.addressesOf("boot").length, 8);
  assert.equal(book.addressesOf("boot")[0], "/memory/boot");
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    book.failed("boot");
    const since = clock.now();
    while (!book.isDue("boot")) clock.advanceTo(millis(clock.now() + 500));
    waits.push((clock.now() - since) / 1_000);
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
});

test("addresses are told and read as multiaddrs; what we cannot dial is left out", () => {
  const known: Record<string, string> = {
    "/ip4/127.0.0.1/tcp/30333": "047f00000106767d",
    "/ip4/1.2.3.4/tcp/80/ws": "040102030406" + "0050" + "dd03",
    "/dns/node.example/tcp/443/wss": "350c6e6f64652e6578616d706c65" + "0601bb" + "de03",
  };
  for (const [text, bytes] of Object.entries(known)) {
    assert.equal(Buffer.from(multiaddrToBytes(text)!).toString("hex"), bytes);
    assert.equal(bytesToMultiaddr(Buffer.from(bytes, "hex")), text);
  }
  assert.equal(multiaddrToBytes("/ip4/1.2.3.4/udp/1/quic"), undefined);
  assert.equal(multiaddrToBytes("/ip4/1.2.3.999/tcp/1"), undefined);
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 30}), bytes => {
      const text = bytesToMultiaddr(bytes);
      assert.ok(text === undefined || text.startsWith("/"));
    }),
  );
});

test("addresses that only a machine or a house can reach are not global", () => {
  for (const address of ["/ip4/10.1.2.3/tcp/1", "/ip4/127.0.0.1/tcp/1", "/ip4/172.20.0.1/tcp/1"]) {
    assert.ok(!isGlobalAddress(address), address);
  }
  for (const address of [
    "/ip4/8.8.8.8/tcp/1",
    "/dns/node.example/tcp/1",
    "/ip4/172.32.0.1/tcp/1",
  ]) {
    assert.ok(isGlobalAddress(address), address);
  }
});
