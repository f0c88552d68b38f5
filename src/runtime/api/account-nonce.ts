import {u32} from "#codec";
import {accountId} from "#primitives";
import type {Composition} from "../executive/index.ts";
import {method, type RuntimeApi} from "./declare.ts";

export const accountNonceApi = ({system}: Composition): RuntimeApi => ({
  name: "AccountNonceApi",
  id: "0xbc9d89904f5b923f",
  version: 1,
  docs: "The API to query account nonce.",
  methods: [
    method({
      name: "account_nonce",
      docs: "Get current account nonce of given `AccountId`.",
      inputs: {account: accountId},
      output: u32,
      run: ({state}, {account}) => system.storage.account.get(state, account).nonce,
    }),
  ],
});
