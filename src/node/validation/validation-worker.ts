/**
 * A thread that asks runtimes about transactions, for `ValidationThreads`: an entry of its own in the bundle. What it fails over
 * ends it, which who asked is told.
 */
import {parentPort, workerData} from "node:worker_threads";
import {invariant} from "#base";
import {WatchedLine} from "#core";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {createRuntimes} from "../runtimes.ts";
import {yieldThread} from "../yield-thread.ts";
import {Examiner} from "./examiner.ts";
import {LikelyKeys} from "./likely-keys.ts";
import type {ToThread} from "./messages.ts";
import type {ThreadData} from "./validation-thread.ts";

const port = parentPort;
invariant(port !== null, "this program is a thread of another");
const {blockHashing} = workerData as ThreadData;
const crypto = withBlockHashing(await createNativeCrypto(), blockHashing);
const examiner = new Examiner({
  crypto,
  runtimes: createRuntimes(crypto),
  line: new WatchedLine(yieldThread),
  likely: new LikelyKeys(crypto.hashing),
  post: (message, arrays) => port.postMessage(message, arrays),
});
port.on("message", (message: ToThread) => examiner.take(message));
port.postMessage({kind: "ready"});
