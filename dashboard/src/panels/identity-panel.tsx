import {Fact, Facts} from "../parts/facts.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {addressPrefix} from "../state/address-prefix.ts";
import {chain, chainFailure, ownAddresses, runtimeVersion} from "../state/chain.ts";
import {SMALLEST_UNIT} from "../text/amount-unit.ts";
import {knownText} from "../text/known.ts";
import {plural} from "../text/short.ts";

/** Which program, which chain, under which name among peers. */
export function IdentityPanel() {
  const facts = chain.value;
  const addresses = ownAddresses.value.value;
  const runtime = runtimeVersion.value.value;
  if (facts === undefined) {
    return (
      <Panel title="Identity">
        <Waiting failure={chainFailure.value} />
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
        <Fact name="Runtime">
          {runtime === undefined ? (
            <Waiting failure={runtimeVersion.failure.value} />
          ) : (
            `${runtime.specName} ${runtime.specVersion}, transactions ${runtime.transactionVersion}`
          )}
        </Fact>
        <Fact name="Role">{facts.roles.join(", ").toLowerCase()}</Fact>
        <Fact name="Peer id">
          <span class="mono">{facts.peerId}</span>
        </Fact>
        <Fact name="Listens at">
          {addresses === undefined ? (
            <Waiting failure={ownAddresses.failure.value} />
          ) : addresses.length === 0 ? (
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
          {facts.unit === SMALLEST_UNIT
            ? "none is named: amounts are in the smallest unit"
            : `${facts.unit.symbol}, ${plural(facts.unit.decimals, "decimal")}`}
        </Fact>
        <Fact name="Address prefix">
          {addressPrefix.failure.value === undefined ? (
            knownText(addressPrefix.value.value)
          ) : (
            <Waiting failure={addressPrefix.failure.value} />
          )}
        </Fact>
        <Fact name="This page">{KHALA_VERSION}</Fact>
      </Facts>
    </Panel>
  );
}
