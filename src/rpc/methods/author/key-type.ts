import {text} from "../../declare/index.ts";
import type {RpcError} from "../../json-rpc/rpc-error.ts";

const FOUR_CHARACTERS = /^[\x20-\x7e]{4}$/;

/** Any string is a parameter; one that is no key type has an error of its own. */
export const keyTypeText = text;

export const isKeyTypeText = (keyType: string): boolean => FOUR_CHARACTERS.test(keyType);

/** The author group's catch-all (spec/rpc §1). */
export const authorError = (message: string): RpcError => ({code: 1_040, message});

export const BAD_KEY_TYPE = authorError("Invalid key type ID format (should be of length four)");
