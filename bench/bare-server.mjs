// The limit that the product is measured against: Node's own server with one answer in memory, sent to whoever asks.
import { createServer } from "node:http";

// Awake until there is something to serve.
process.channel.ref();
process.once("message", ({ headers, body }) => {
  const lines = Object.entries(headers).flat();
  const bytes = Buffer.from(body, "base64");
  const server = createServer((_request, response) => {
    response.writeHead(200, lines);
    response.end(bytes);
  });
  server.listen(0, "127.0.0.1", () => {
    process.send({ port: server.address().port });
    process.channel.unref();
  });
  process.once("SIGTERM", () => {
    server.close();
    server.closeAllConnections();
    process.disconnect();
  });
});
// What is sent sooner would be heard by the accounting alone.
process.send("ready");
