import assert from "node:assert/strict";
import {test} from "node:test";
import {MOST_UNREAD, UnreadResponses} from "./unread-responses.ts";

test("when responses that nobody reads fill the memory for them, the oldest is given up, and only once", () => {
  const unread = new UnreadResponses();
  const givenUp: number[] = [];
  const size = MOST_UNREAD / 4;
  const read = [0, 1, 2, 3].map(i => unread.hold(size, () => givenUp.push(i)));
  assert.equal(givenUp.length, 0);
  read[1]!();
  unread.hold(size, () => givenUp.push(4));
  assert.equal(givenUp.length, 0);
  unread.hold(size, () => givenUp.push(5));
  assert.deepEqual(givenUp, [0]);
  read[0]!();
  assert.equal(unread.bytes, MOST_UNREAD);
  unread.hold(2 * size, () => givenUp.push(6));
  assert.deepEqual(givenUp, [0, 2, 3]);
  assert.equal(unread.bytes, MOST_UNREAD);
});
