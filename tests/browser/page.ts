import {sr25519CreateDerive} from "@polkadot-labs/hdkd";
import {DEV_MINI_SECRET} from "@polkadot-labs/hdkd-helpers";
import {createClient} from "polkadot-api";
import {getPolkadotSigner} from "polkadot-api/signer";
import {getWsProvider} from "polkadot-api/ws";

/** What a dapp does: connects to the node that its address names, shows heads, sends a transfer on a click. */
const show = (id: string, text: unknown) => {
  document.getElementById(id)!.textContent = String(text);
};

const BOB = "43qsYbZGLn2xzNuurY6BY4QNDSUU7gLEcXuckpm6B3DEmEx9";
const url = new URL(location.href).searchParams.get("node")!;
const client = createClient(getWsProvider(url));
const api = client.getUnsafeApi();

const spec = await client.getChainSpecData();
show("chain", `${spec.name} ${spec.genesisHash}`);
client.finalizedBlock$.subscribe(({number}) => show("finalized", number));
client.bestBlocks$.subscribe(([best]) => show("best", best!.number));

document.getElementById("send")!.onclick = async () => {
  const pair = sr25519CreateDerive(DEV_MINI_SECRET)("//Alice");
  const signer = getPolkadotSigner(pair.publicKey, "Sr25519", pair.sign);
  const balance = async () => {
    const account = await api.query.System.Account.getValue(BOB);
    return (account as {data: {free: bigint}}).data.free;
  };
  const before = await balance();
  const transfer = api.tx.Balances.transfer_keep_alive({
    dest: {type: "Id", value: BOB},
    value: 10n ** 12n,
  });
  transfer.signSubmitAndWatch(signer).subscribe({
    next: event => show("status", event.type),
    async complete() {
      show("received", (await balance()) - before);
    },
    error: reason => show("status", reason),
  });
};
