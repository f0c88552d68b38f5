/** Ends the call: what the host refuses, where upstream's host panics or answers the module with an error. */
export class HostTrap extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "HostTrap";
  }
}

export function hostTrap(reason: string): never {
  throw new HostTrap(reason);
}
