import assert from "node:assert/strict";
import {test} from "node:test";
import {RpcFailure} from "../rpc-client.ts";
import {type DescribedMethod, methodTools} from "./method-tools.ts";
import {refuseUnknown, ToolFault} from "./tool.ts";

const method = (name: string, more: Partial<DescribedMethod> = {}): DescribedMethod => ({
  name,
  params: [],
  result: {description: "a word"},
  "x-unsafe": false,
  "x-secretive": false,
  ...more,
});
const METHODS = [
  method("system_name"),
  method("dev_newBlock", {"x-unsafe": true}),
  method("author_insertKey", {"x-unsafe": true, "x-secretive": true}),
  method("chain_subscribeNewHeads", {"x-subscription": {unsubscribe: "chain_unsubscribeNewHeads"}}),
  method("chain_unsubscribeNewHeads"),
  method("chainHead_v1_body"),
  method("rpc.discover"),
];
const PARAMS = ["first", "second", "third"].map((name, i) => ({
  name,
  required: i === 0,
  schema: {type: "string"},
  description: name,
}));
const options = {ask: async () => null, allowsUnsafe: false, beforeUnsafe: async () => {}};
const names = (methods: readonly DescribedMethod[], allowsUnsafe: boolean) =>
  methodTools(methods, {...options, allowsUnsafe}).map(({name}) => name);

test("safe methods are tools, unsafe ones where that was asked for, and those of keys never", () => {
  assert.deepEqual(names(METHODS, false), ["system_name"]);
  assert.deepEqual(names(METHODS, true), ["system_name", "dev_newBlock"]);
});

test("of a node that does not tell which methods have to do with secrets no unsafe one is a tool", () => {
  const silent = METHODS.map(({"x-secretive": _, ...rest}) => rest);
  assert.deepEqual(names(silent, true), ["system_name"]);
});

test("arguments go by position, what is left out in between as null", async () => {
  const asked: unknown[] = [];
  const ask = async (name: string, ...params: readonly unknown[]) => asked.push(name, params);
  const [tool] = methodTools([method("some_method", {params: PARAMS})], {...options, ask});
  await tool!.call({first: "a", third: "c"});
  await tool!.call({first: "a"});
  assert.deepEqual(asked, ["some_method", ["a", null, "c"], "some_method", ["a"]]);
});

test("before each unsafe call it is asked whether it may be, and what the node refuses is told", async () => {
  const beforeUnsafe = async () => {
    throw new ToolFault("refused");
  };
  const all = methodTools(METHODS, {...options, allowsUnsafe: true, beforeUnsafe});
  await assert.rejects(all[1]!.call({}), /refused/);
  const ask = async () => {
    throw new RpcFailure("system_name", {code: -32_602, message: "Invalid params"});
  };
  const [safe] = methodTools(METHODS, {...options, ask});
  await assert.rejects(safe!.call({}), ToolFault);
});

test("an argument that a tool does not have, and one that is lacking, are named", () => {
  const [tool] = methodTools([method("some_method", {params: PARAMS})], options);
  assert.throws(
    () => refuseUnknown(tool!, {first: "a", other: 1}),
    /other is no argument of some_/,
  );
  assert.throws(() => refuseUnknown(tool!, {second: "b"}), /first is missing; it takes first, sec/);
  refuseUnknown(tool!, {first: "a"});
});
