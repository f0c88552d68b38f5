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
      {peer: "c", addresses: ["/ip4/1.2.3.5/tcp/1"], score: 0, isProved: true},
      {peer: "b", addresses: [], score: 0, ban: {until: millis(99), reason: "block-invalid"}},
    ];

    new FilePeerStore(file, silentLogger).save(peers);

    assert.deepEqual(new FilePeerStore(file, silentLogger).load(), peers);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(join(folder, "network")), ["peers.json"]);
  }));

test("what a process that was killed in the midst of a write left is removed", () =>
  inFolder(folder => {
    const file = join(folder, "peers.json");
    const store = new FilePeerStore(file, silentLogger);
    store.save([]);
    writeFileSync(join(folder, ".unfinished-0123456789abcdef"), "[");
    assert.deepEqual(store.load(), []);
    assert.deepEqual(readdirSync(folder), ["peers.json"]);
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
  for (let i = 0; i < 5_000; i++) {
    book.add({peer: `p${i}`, address: "/memory/x"}, {source: `s${i % 50}`});
  }
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
  assert.deepEqual(waits, [1, 2, 4, 8, 15, 15, 15, 15]);
});

test("a source that tells of thousands has its share of the book and takes nothing of what others told or we know", () => {
  const book = new AddressBook(new VirtualClock(millis(0)));
  book.add({peer: "friend", address: "/ip4/1.1.1.1/tcp/1"}, {source: "friend"});
  book.succeeded("friend", "/ip4/1.1.1.1/tcp/1");
  book.accepted("friend");
  book.add({peer: "told", address: "/ip4/2.2.2.2/tcp/1"}, {source: "honest"});
  book.add({peer: "both", address: "/ip4/3.3.3.3/tcp/1"}, {source: "liar"});
  book.add({peer: "both", address: "/ip4/3.3.3.3/tcp/1"}, {source: "honest"});
  for (let i = 0; i < 5_000; i++) {
    book.add({peer: `invented${i}`, address: "/ip4/9.9.9.9/tcp/1"}, {source: "liar"});
  }
  assert.equal(book.told().get("liar")?.length, 64);
  // Names are free: as many sources as there is room for.
  for (let i = 0; i < 3_000; i++) {
    book.add({peer: `more${i}`, address: "/ip4/9.9.9.9/tcp/1"}, {source: `liar${i % 30}`});
    book.add({peer: "friend", address: `/ip4/9.9.9.9/tcp/${i}`}, {source: "liar"});
  }
  assert.ok(book.size <= 1_000);
  assert.deepEqual(book.told().get("honest"), ["told", "both"]);
  assert.deepEqual(book.proved(), ["friend"]);
  const [first, ...told] = book.attemptsFor("friend");
  assert.deepEqual(first, {address: "/ip4/1.1.1.1/tcp/1", isTold: false});
  assert.equal(told.length, 2, "some of what was told is tried, after what is known");
});

test("of too many that took us in one goes of the host that has the most", () => {
  const book = new AddressBook(new VirtualClock(millis(0)));
  const meet = (peer: string, address: string) => {
    book.add({peer, address}, {source: peer});
    book.succeeded(peer, address);
    book.accepted(peer);
  };
  for (let i = 0; i < 20; i++) meet(`honest${i}`, `/ip4/1.1.1.${i}/tcp/1`);
  for (let i = 0; i < 600; i++) meet(`sybil${i}`, `/ip4/9.9.9.9/tcp/${i}`);
  assert.equal(book.proved().length, 256);
  for (let i = 0; i < 20; i++) assert.ok(book.isProved(`honest${i}`), `${i}`);
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
