/** What a node is called among peers, whose names are letters and digits. */
export function peerIdOf(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "");
}

/** Where a node is found. */
export function addressOf(name: string): string {
  const peer = peerIdOf(name);
  return `/memory/${peer}/p2p/${peer}`;
}
