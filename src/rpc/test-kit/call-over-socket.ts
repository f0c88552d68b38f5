import {request} from "node:http";

/** One call over the socket. */
export function callOverSocket(
  socketPath: string,
  method: string,
): Promise<{result?: unknown; error?: unknown}> {
  return new Promise((resolve, reject) => {
    const headers = {"content-type": "application/json"};
    const sent = request({socketPath, method: "POST", headers}, response => {
      let text = "";
      response.on("data", chunk => {
        text += chunk;
      });
      response.on("end", () => resolve(JSON.parse(text)));
    });
    sent.on("error", reject);
    sent.end(JSON.stringify({jsonrpc: "2.0", id: 1, method, params: []}));
  });
}
