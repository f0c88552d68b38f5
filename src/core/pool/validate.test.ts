import assert from "node:assert/strict";
import {test} from "node:test";
import {err, ok} from "#base";
import {invalid} from "#primitives";
import {inlineSignatures} from "../signatures/inline-signatures.ts";
import {SignatureChecks} from "../signatures/signature-checks.ts";
import {coreForTests} from "../test-kit/core-for-tests.ts";
import {signedRemark} from "../test-kit/signed-call.ts";
import {createValidator, type ValidatesElsewhere} from "./validate.ts";

const REFUSED = err(invalid("AncientBirthBlock"));

async function validatorWith(elsewhere: ValidatesElsewhere | undefined) {
  const {core, crypto} = await coreForTests(["Alice"]);
  const validate = createValidator(
    core.chain,
    new SignatureChecks(crypto, inlineSignatures(crypto)),
    {onFatal: error => assert.fail(String(error)), yieldThread: async () => {}, elsewhere},
  );
  const tx = signedRemark(core, crypto, {uri: "//Alice"});
  return {
    core,
    ask: (count: number) =>
      Promise.all(Array.from({length: count}, () => validate("External", tx))),
  };
}

test("few are asked about here, and those beyond 32 that are under way on other threads", async () => {
  let asked = 0;
  const {core, ask} = await validatorWith({
    ask({at}) {
      assert.equal(at, core.chain.head);
      asked++;
      return Promise.resolve(ok(REFUSED));
    },
  });
  const few = await ask(32);
  assert.equal(asked, 0);
  assert.ok(few.every(told => told.ok && told.value.validity.ok && !told.value.isFromElsewhere));
  const many = await ask(40);
  assert.equal(asked, 8);
  assert.deepEqual(
    many.slice(32),
    Array.from({length: 8}, () => ok({at: 0, validity: REFUSED, isFromElsewhere: true})),
  );
  await ask(32);
  assert.equal(asked, 8, "who has his answer counts no more");
});

test("what other threads do not find out is asked here, of the head of that moment", async () => {
  for (const nothing of [undefined, Promise.resolve(undefined)]) {
    const {ask} = await validatorWith({ask: () => nothing});
    const told = await ask(40);
    assert.ok(told.every(one => one.ok && one.value.validity.ok && !one.value.isFromElsewhere));
  }
});

test("a call that another thread gave up is no verdict on the transaction", async () => {
  const given = err({code: "given-up", name: "validate", milliseconds: 60_000} as const);
  const {ask} = await validatorWith({ask: () => Promise.resolve(given)});
  const [last] = (await ask(33)).slice(-1);
  assert.ok(last !== undefined && !last.ok);
  assert.match(last.error.reason, /60.?000/);
});
