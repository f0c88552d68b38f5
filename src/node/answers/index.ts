/**
 * The answers to what JSON-RPC asks (`rpc/questions`), one file a concern, each from the parts of a running node. Nothing is
 * decided here: what a question means is said where it is asked, what is true where it is known.
 *
 * Out of scope: JSON, parameters and limits (`rpc`), and words for operators (`desk`).
 */
export {createRpcAnswers} from "./rpc.ts";
export {createSessionAnswers} from "./session.ts";
