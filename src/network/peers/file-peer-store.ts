import {readFileSync, renameSync} from "node:fs";
import {dirname} from "node:path";
import {type Logger, millis} from "#base";
import {makeFolder, removeUnfinished, replaceFile} from "#durable-file";
import type {PeerStore, StoredPeer} from "./peer-store.ts";

const VERSION = 1;
const TARGET = "network";

/**
 * Peers in a JSON file. It is replaced whole, so a crash leaves the old one. A file that cannot be read costs us our
 * acquaintances and no more: it is put aside, said so, and the node goes on.
 */
export class FilePeerStore implements PeerStore {
  readonly #file: string;
  readonly #logger: Logger;

  constructor(file: string, logger: Logger) {
    this.#file = file;
    this.#logger = logger;
  }

  /** Of a process that was killed while it wrote here, this list or the network key beside it, nothing is left. */
  load(): readonly StoredPeer[] {
    this.#sweep();
    let text: string;
    try {
      text = readFileSync(this.#file, "utf8");
    } catch (error) {
      if (!isMissing(error)) this.#warn("the known peers cannot be read", error);
      return [];
    }
    try {
      return parse(text);
    } catch (error) {
      const aside = `${this.#file}.corrupt`;
      this.#warn(`the known peers are damaged; the file is put aside as ${aside}`, error);
      try {
        renameSync(this.#file, aside);
      } catch (renameError) {
        this.#warn("it could not be put aside", renameError);
      }
      return [];
    }
  }

  save(peers: readonly StoredPeer[]): void {
    try {
      makeFolder(dirname(this.#file), 0o700);
      replaceFile(this.#file, JSON.stringify({version: VERSION, peers}));
    } catch (error) {
      this.#warn("the known peers were not saved", error);
    }
  }

  #sweep(): void {
    try {
      removeUnfinished(dirname(this.#file));
    } catch (error) {
      this.#warn("what was left of an unfinished write was not removed", error);
    }
  }

  #warn(message: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#logger.log("warn", TARGET, message, {file: this.#file, reason});
  }
}

function isMissing(error: unknown): boolean {
  return (error as {code?: unknown}).code === "ENOENT";
}

/** Throws on anything that is not what `save` writes. */
function parse(text: string): readonly StoredPeer[] {
  const content = JSON.parse(text) as {version?: unknown; peers?: unknown};
  if (content.version !== VERSION || !Array.isArray(content.peers)) {
    throw new Error("not a list of peers of this version");
  }
  return content.peers.map(parsePeer);
}

function parsePeer(value: unknown): StoredPeer {
  const {peer, addresses, score, isProved, ban} = value as Record<string, unknown>;
  const areAddresses =
    Array.isArray(addresses) && addresses.every(address => typeof address === "string");
  if (typeof peer !== "string" || typeof score !== "number" || !areAddresses) {
    throw new Error("not a peer");
  }
  const proof = isProved === true ? {isProved} : {};
  if (ban === undefined) return {peer, addresses, score, ...proof};
  const {until, reason} = ban as Record<string, unknown>;
  if (typeof until !== "number" || typeof reason !== "string") throw new Error("not a ban");
  return {peer, addresses, score, ...proof, ban: {until: millis(until), reason}};
}
