import assert from "node:assert/strict";
import {test} from "node:test";
import {account} from "../../test-kit/accounts.ts";
import {MockRuntime} from "../../test-kit/mock-runtime.ts";
import {createAuthorship} from "./index.ts";

function mockOf(author: Uint8Array | undefined) {
  const mock = new MockRuntime();
  const noted: Uint8Array[] = [];
  let asked = 0;
  const authorship = mock.add(
    createAuthorship(mock.scope("Authorship"), {
      digest: () => [],
      findAuthor() {
        asked++;
        return author;
      },
      noteAuthor: (_, who) => noted.push(who),
    }),
  );
  return {mock, authorship, noted, asked: () => asked};
}

test("the author is found out when first asked for, without any hook, and remembered", () => {
  const {mock, authorship, asked} = mockOf(account(3));
  assert.deepEqual(authorship.author(mock.state), account(3));
  assert.deepEqual(authorship.author(mock.state), account(3));
  assert.equal(asked(), 1);
  assert.deepEqual(authorship.storage.author.get(mock.state), account(3));
});

test("each block's author is noted at its start and forgotten at its end", () => {
  const {mock, authorship, noted} = mockOf(account(3));
  mock.runTo(2);
  assert.deepEqual(noted, [account(3), account(3)]);
  authorship.pallet.hooks?.onFinalize?.(mock.state, 2);
  assert.equal(authorship.storage.author.exists(mock.state), false);
});

test("a block without an author has nobody noted", () => {
  const {mock, authorship, noted} = mockOf(undefined);
  mock.runTo(1);
  assert.deepEqual(noted, []);
  assert.equal(authorship.author(mock.state), undefined);
});
