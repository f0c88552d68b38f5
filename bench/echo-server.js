// What a WebSocket server can do at most: it sends back what it gets. Prints its port.
import process from "node:process";
import {WebSocketServer} from "ws";

const server = new WebSocketServer({host: "127.0.0.1", port: 0, perMessageDeflate: false});
server.on("connection", socket => {
  socket.on("message", data => socket.send(String(data)));
});
server.on("listening", () => process.stdout.write(`ws://127.0.0.1:${server.address().port}\n`));
