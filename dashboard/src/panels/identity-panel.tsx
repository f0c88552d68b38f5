import {useEffect, useState} from "preact/hooks";
import {Fact, Facts} from "../parts/facts.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {node} from "../rpc/node.ts";
import {chain} from "../state/chain.ts";

interface RuntimeVersion {
  readonly specName: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
}

/** Which program, which chain, under which name among peers. */
export function IdentityPanel() {
  const facts = chain.value;
  const [addresses, setAddresses] = useState<readonly string[]>([]);
  const [runtime, setRuntime] = useState<RuntimeVersion>();
  useEffect(() => {
    node.call<string[]>("system_localListenAddresses").then(setAddresses, () => undefined);
    node.call<RuntimeVersion>("state_getRuntimeVersion").then(setRuntime, () => undefined);
  }, []);
  if (facts === undefined) {
    return (
      <Panel title="Identity">
        <Waiting />
      </Panel>
    );
  }
  return (
    <Panel title="Identity" aside={`${facts.program} ${facts.version}`}>
      <Facts>
        <Fact name="Chain">
          {facts.name}, {facts.type.toLowerCase()}
        </Fact>
        <Fact name="Genesis">
          <span class="mono">{facts.genesis}</span>
        </Fact>
        {runtime && (
          <Fact name="Runtime">
            {runtime.specName} {runtime.specVersion}, transactions {runtime.transactionVersion}
          </Fact>
        )}
        <Fact name="Role">{facts.roles.join(", ").toLowerCase()}</Fact>
        <Fact name="Peer id">
          <span class="mono">{facts.peerId}</span>
        </Fact>
        <Fact name="Listens at">
          {addresses.length === 0 ? (
            <span class="soft">nowhere: it meets no peers</span>
          ) : (
            addresses.map(address => (
              <div key={address} class="mono">
                {address}
              </div>
            ))
          )}
        </Fact>
        <Fact name="Token">
          {facts.symbol}, {facts.decimals} decimals; addresses of prefix {facts.ss58}
        </Fact>
        <Fact name="This page">{KHALA_VERSION}</Fact>
      </Facts>
    </Panel>
  );
}
