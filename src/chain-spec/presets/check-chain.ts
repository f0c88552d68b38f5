import {err, ok, type Report, type Result} from "#base";
import {checkBalances, checkParameters, type KhalaGenesis, type Parameters} from "#runtime";

/** What makes no chain, refused; what only surprises, in words. */
export function checkChain(
  parameters: Parameters,
  genesis: Pick<KhalaGenesis, "balances" | "invulnerables">,
): Result<string[], Report> {
  const findings = checkParameters(parameters, genesis.invulnerables.length);
  const fault = findings.find(({severity}) => severity === "error");
  const balance = checkBalances(genesis, parameters.existentialDeposit);
  if (fault !== undefined || balance !== undefined) {
    const at = balance?.index === undefined ? "balances" : `balances[${balance.index}]`;
    return err({
      code: "parameter-invalid",
      what:
        fault === undefined ? `${at}: ${balance?.message}` : `${fault.parameter} ${fault.message}`,
      did: "not started",
      todo: "change it with --param or in the chain spec",
    });
  }
  return ok(findings.map(({parameter, message}) => `${parameter}: ${message}`));
}
