// The port the site listens on: found when any will do, refused early when it is taken, and explained when it cannot be had.
import { createServer, type Server } from "node:net";
import { StartError } from "@/scripts/start-error";

interface Place {
  host: string;
  port: number;
}

/** What an error while listening means for the person who starts the server; the error itself when nobody knows. */
export function explainListening({ host, port }: Place, error: NodeJS.ErrnoException): unknown {
  switch (error.code) {
    case "EADDRINUSE":
      return new StartError(
        `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
      );
    case "EACCES":
      return new StartError(
        `Port ${port} is for the system's own services. Choose one above 1023, such as PORT=3000, and let a proxy stand in front.`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new StartError(
        `HOST is "${host}", which is no address of this machine. Use localhost, or 0.0.0.0 to be reached from everywhere.`,
      );
    default:
      return error;
  }
}

/** Listens. @throws StartError with a sentence when the port or host cannot be had */
export async function listenOn(server: Server, place: Place): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => reject(explainListening(place, error));
    server.once("error", fail);
    server.listen(place.port, place.host, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

async function tryPort(place: Place): Promise<number> {
  const server = createServer();
  await listenOn(server, place);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : place.port;
}

/** Says so at once, before anything is built, when the port is taken. @throws StartError */
export async function refuseBusyPort(place: Place): Promise<void> {
  await tryPort(place);
}

/** PORT=0 means any free port: one is chosen before lib/env is read, so that the site's own address follows it. */
export async function settlePort(): Promise<void> {
  if (process.env.PORT?.trim() !== "0") return;
  process.env.PORT = String(await tryPort({ host: process.env.HOST?.trim() || "localhost", port: 0 }));
}
