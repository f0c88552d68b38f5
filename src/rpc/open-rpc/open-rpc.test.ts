import assert from "node:assert/strict";
import {test} from "node:test";
import jsonSchema from "@json-schema-tools/meta-schema";
import openRpc from "@open-rpc/meta-schema";
import {Ajv} from "ajv";
import {startTestServer} from "../test-kit/test-server.ts";

interface Document {
  readonly methods: readonly {
    readonly name: string;
    readonly params: readonly {readonly name: string; readonly schema: object}[];
    readonly "x-aliases": readonly string[];
    readonly "x-unsafe": boolean;
  }[];
}

test("the document is valid OpenRPC and names just what rpc_methods lists", async t => {
  const client = await (await startTestServer(t)).connect();
  const document = await client.call<Document>("rpc.discover");
  const ajv = new Ajv({strict: false, validateFormats: false});
  ajv.addSchema(jsonSchema);
  const validate = ajv.compile(openRpc);
  assert.ok(validate(document), JSON.stringify(validate.errors?.slice(0, 3)));
  const named = document.methods.flatMap(each => [each.name, ...each["x-aliases"]]).sort();
  const {methods} = await client.call<{methods: string[]}>("rpc_methods");
  assert.deepEqual(named, methods);
});

test("a schema takes what its reader takes", async t => {
  const client = await (await startTestServer(t)).connect();
  const {methods} = await client.call<Document>("rpc.discover");
  const ajv = new Ajv({strict: false, validateFormats: false});
  const schemaOf = (method: string, param: string) =>
    ajv.compile(
      methods.find(({name}) => name === method)!.params.find(({name}) => name === param)!.schema,
    );
  const [hash, list, items] = [
    schemaOf("chain_getHeader", "hash"),
    schemaOf("chain_getBlockHash", "number"),
    schemaOf("chainHead_v1_storage", "items"),
  ];
  assert.deepEqual([hash(`0x${"ab".repeat(32)}`), hash(null), hash("0x")], [true, true, false]);
  assert.deepEqual([list(5), list("0x5"), list([0, "0x1"]), list({})], [true, true, true, false]);
  assert.equal(items([{key: "0x00", type: "value"}]), true);
  assert.equal(items([{key: "0x0", type: "value"}]), false);
  assert.equal(items([{key: "0x00", type: "values"}]), false);
});
