import {randomBytes} from "node:crypto";
import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {makeFolder} from "#durable-file";
import {parseNodeKey, peerIdentityOf} from "#node";
import {refuse, SUCCESS, type Terminal} from "./terminal.ts";

/** Bytes of an ed25519 secret. */
const SECRET_SIZE = 32;

export interface GenerateNodeKeyOptions {
  /** Where the key goes; standard output where nothing is said. */
  readonly file?: string | undefined;
  /** A chain's own place for it: a key that is there already stays. */
  readonly place?: string | undefined;
  /** The bytes themselves instead of hex digits. */
  readonly bin?: boolean | undefined;
}

/** Makes a key for the network, and says on standard error which peer id it makes: as Substrate's nodes do. */
export async function generateNodeKey(
  {file, place, bin}: GenerateNodeKeyOptions,
  io: Terminal,
): Promise<number> {
  const secret = new Uint8Array(randomBytes(SECRET_SIZE));
  // Without an end of line: what reads 64 digits would not take 65 characters.
  const content = bin === true ? secret : Buffer.from(Buffer.from(secret).toString("hex"));
  if (place !== undefined && existsSync(place)) {
    return refuse(
      io,
      "node-key-exists",
      `there is a node key already: ${place}`,
      "khala key inspect-node-key --file shows its peer id; remove the file to make another",
    );
  }
  const target = file ?? place;
  if (target === undefined) io.raw(content);
  else {
    try {
      if (place !== undefined) makeFolder(dirname(place), 0o700);
      writeFileSync(target, content, {mode: 0o600});
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      const remedy = "check the path, its permissions, and the space on the disk";
      return refuse(io, "node-key-unwritable", `${target}: ${reason}`, remedy);
    }
    if (place !== undefined) io.stderr(`the key is in ${place}`);
  }
  io.stderr(peerIdentityOf(secret).peerId);
  return SUCCESS;
}

export interface InspectNodeKeyOptions {
  /** Where the key is; standard input where nothing is said. */
  readonly file?: string | undefined;
  readonly bin?: boolean | undefined;
}

/** Prints the peer id of a node key. */
export async function inspectNodeKey(
  {file, bin}: InspectNodeKeyOptions,
  io: Terminal,
): Promise<number> {
  let content: Uint8Array;
  try {
    content = file === undefined ? await io.readBytes() : readFileSync(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return refuse(
      io,
      "file-unreadable",
      `${file}: ${reason}`,
      "check the path and its permissions",
    );
  }
  const secret =
    bin === true
      ? content.length === SECRET_SIZE
        ? content
        : undefined
      : parseNodeKey(Buffer.from(content).toString("latin1"));
  if (secret === undefined) {
    const form = bin === true ? `${SECRET_SIZE} bytes` : `${2 * SECRET_SIZE} hex digits`;
    const what =
      content.length === 0 ? "the node key is empty" : `a node key is ${form}, and this is not`;
    return refuse(io, "node-key-invalid", what, "khala key generate-node-key makes one");
  }
  io.stdout(peerIdentityOf(secret).peerId);
  return SUCCESS;
}
