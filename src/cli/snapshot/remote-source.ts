import {bytesToBinary, hexToBytes} from "#base";
import type {SnapshotSource, SnapshotSubject} from "#snapshot";
import type {StateStart} from "#state";
import {DeskError} from "../desk/desk-error.ts";
import {NodeLink} from "../desk/node-link.ts";
import {RpcFailure} from "../rpc-client.ts";

interface HeadJson {
  readonly subject: SnapshotSubject;
  readonly block: string;
}

interface ChunkJson {
  readonly chunk: string;
  readonly rows: number;
  readonly unpacked: number;
  readonly next: readonly string[];
  readonly isComplete: boolean;
}

/** A snapshot of a node that runs, asked for part by part. */
export async function remoteSource(
  link: NodeLink,
  block: string | undefined,
): Promise<SnapshotSource> {
  const hash = block === undefined || block.startsWith("0x") ? block : await hashAt(link, block);
  const head = (await ask(link, "khala_snapshotHead", hash ?? null)) as HeadJson;
  const {subject} = head;
  return {
    subject,
    block: bytesOf(head.block),
    async chunk(start) {
      const keys = start.map(key => `0x${Buffer.from(key, "latin1").toString("hex")}`);
      const answer = await ask(link, "khala_snapshotChunk", subject.block.hash, keys);
      const {chunk, next, ...counts} = answer as ChunkJson;
      const goOn = next.map(key => bytesToBinary(bytesOf(key)));
      return {...counts, bytes: bytesOf(chunk), next: goOn as readonly string[] as StateStart};
    },
  };
}

async function hashAt(link: NodeLink, number: string): Promise<string> {
  const hash = (await link.ask("chain_getBlockHash", Number(number))) as string | null;
  if (hash !== null) return hash;
  throw new DeskError({
    code: "block-unknown",
    what: `the node at ${link.place} has no block ${number}`,
    todo: "name one that is final there, or none for the newest",
  });
}

async function ask(link: NodeLink, name: string, ...params: unknown[]): Promise<unknown> {
  try {
    return await link.askUnsafe(name, ...params);
  } catch (error) {
    if (NodeLink.isUnknownMethod(error)) {
      throw new DeskError({
        code: "node-foreign",
        what: `the node at ${link.place} knows no ${name}`,
        todo: "ask a khala node of this version or a newer one",
      });
    }
    if (!(error instanceof RpcFailure)) throw error;
    const {code, todo} = (error.data ?? {}) as {code?: string; todo?: string};
    throw new DeskError({
      code: code ?? "node-refuses",
      what: error.message,
      did: "what was written before stays, to go on with",
      todo: todo ?? "see the node's log, then run this again: it goes on from where it stands",
    });
  }
}

function bytesOf(hex: string): Uint8Array {
  const bytes =
    hex.length > 1_024 ? new Uint8Array(Buffer.from(hex.slice(2), "hex")) : hexToBytes(hex);
  if (bytes !== undefined) return bytes;
  throw new DeskError({
    code: "answer-malformed",
    what: "the node answers something that is no hex",
  });
}
