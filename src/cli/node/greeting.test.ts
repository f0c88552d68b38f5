import assert from "node:assert/strict";
import {test} from "node:test";
import {encodeSs58} from "#crypto";
import {knownAccount, startForeignNode} from "../../node/test-kit/foreign-node.ts";
import {FOREIGN} from "../../runtime/test-kit/foreign/index.ts";
import {greeting} from "./greeting.ts";

test("a chain that is not ours is greeted with its own addresses and token, and what it does not publish is unknown", async t => {
  const {node, configuration} = await startForeignNode({seal: {kind: "manual"}});
  t.after(() => node.stop());
  const stranger = new Uint8Array(32).fill(7);
  const current = () => ({
    ...node.session.current(),
    authors: [knownAccount("Alice").sr25519, stranger],
  });
  const said = greeting(configuration, Object.create(node, {session: {value: {current}}})).join(
    "\n",
  );
  assert.match(
    said,
    /^ {2}session +0, 10 blocks \(10 s\) each; next at block 10, in about [\d.]+ s$/m,
  );
  const address = encodeSs58(stranger, FOREIGN.ss58Prefix);
  assert.match(said, new RegExp(`^  authors +Alice, ${address}$`, "m"));
  assert.match(said, /^ {2}finality +GRANDPA, 1 voter, this node among them$/m);
  assert.doesNotMatch(said, /PHA|undefined|NaN/);
});

test("a session that names nobody is said to, as on chains whose authors are set beside it", async t => {
  const {node, configuration} = await startForeignNode({seal: {kind: "manual"}});
  t.after(() => node.stop());
  const current = () => ({...node.session.current(), authors: []});
  const shown = Object.create(node, {session: {value: {current}}});
  assert.match(
    greeting(configuration, shown).join("\n"),
    /^ {2}authors +none that a session names$/m,
  );
});

test("a chain without sessions says that nobody knows its authors", async t => {
  const {node, configuration} = await startForeignNode({
    seal: {kind: "manual"},
    unpublished: ["Session", "CollatorSelection"],
  });
  t.after(() => node.stop());
  const said = greeting(configuration, node).join("\n");
  assert.match(said, /^ {2}session +unknown; unknown when the next one begins$/m);
  assert.match(said, /^ {2}authors +unknown$/m);
});
