import assert from "node:assert/strict";
import {test} from "node:test";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {until} from "../../support/network.ts";
import {rpc} from "../../support/rpc.ts";
import {RawClient} from "../support/raw-client.ts";
import {rehearsedChains} from "../support/rehearsed-chains.ts";

/** A function of our own runtime, which no other one has. */
const OWN_FUNCTION = "CollatorApi_session_status";
/** JSON-RPC's: a bug of the server, and a method that is listed and is not there. */
const FAULTS = [-32_603, -32_601];

const startDev = (...flags: string[]): Promise<KhalaProcess> =>
  startKhala(["dev", "--rpc-port=0", "--rpc-methods=unsafe", ...flags]);

interface Method {
  readonly name: string;
  readonly params: readonly {readonly required?: boolean; readonly schema: {type?: string}}[];
}

/** What an argument may be by its kind, and means nothing to any chain. */
const NONSENSE: Readonly<Record<string, unknown>> = {
  string: `0x${"ab".repeat(32)}`,
  integer: 1,
  boolean: false,
  array: [],
  object: {},
};

async function listed(url: string): Promise<readonly string[]> {
  return (await rpc<{methods: string[]}>(url, "rpc_methods", [])).methods;
}

const own = await (async () => {
  const node = await startDev();
  try {
    return await listed(node.url);
  } finally {
    await node.stop();
  }
})();

for (const {name, file} of await rehearsedChains()) {
  test(`a rehearsal of ${name}: what is listed is what is answered, by other means than our own runtime's`, async () => {
    const node = await startDev(`--chain=${file}`, "--rate=24");
    const client = await RawClient.open(node.url);
    try {
      const methods = await listed(node.url);
      // No method needs our own runtime: what those of a collator ask is in any chain's state. Its functions are not there.
      assert.deepEqual(methods, own);
      const {code, message} = await client.fail("state_call", OWN_FUNCTION, "0x");
      assert.deepEqual([code, message.includes(OWN_FUNCTION)], [4_003, true]);

      const head = () => client.call<{number: string}>("chain_getHeader");
      await until("there is a block", async () => Number((await head()).number) > 0);
      const described = await client.call<{methods: readonly Method[]}>("rpc.discover");
      const paramsOf = new Map(described.methods.map(({name, params}) => [name, params]));
      const failed: string[] = [];
      // It makes 1,800 blocks; `tests/genuine/rehearsing-walk` has it do so.
      for (const method of methods.filter(name => name !== "dev_nextSession")) {
        // Aliases and the ends of subscriptions are not described.
        const params = paramsOf.get(method) ?? [{required: true, schema: {}}];
        const needed = params.filter(({required}) => required);
        const tries = [[], needed.map(({schema}) => NONSENSE[schema.type ?? "string"])];
        for (const given of needed.length === 0 ? [[]] : tries) {
          const {error} = await client.reply(method, ...given);
          const isAnswered = error === undefined || !FAULTS.includes(error.code);
          if (!isAnswered || (needed.length === 0 && error !== undefined))
            failed.push(`${method}(${JSON.stringify(given)}): ${JSON.stringify(error)}`);
        }
      }
      assert.deepEqual(failed, []);
    } finally {
      await client.close();
      await node.stop();
    }
  });
}
