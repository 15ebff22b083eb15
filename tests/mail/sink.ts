// A real SMTP server on this machine that keeps what it is sent, and misbehaves as a test wishes.
import { createServer, type Server, type Socket } from "node:net";
import { type AddressObject, type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { SmtpAddress } from "@/lib/env/mail-settings";

export interface Received {
  mail: ParsedMail;
  /** As the SMTP dialogue said. */
  from: string;
  to: string[];
  raw: string;
  secure: boolean;
}

export interface Sink {
  port: number;
  received: Received[];
  close(): Promise<void>;
}

/** What a step of the dialogue answers: nothing is yes. */
type Answer = { code: number; words: string } | undefined;

export interface Behaviour {
  /** Called when somebody has connected and has heard no word yet. */
  onConnected?: () => void;
  rcpt?: (address: string, nth: number) => Answer;
  data?: (nth: number) => Answer;
  /** Called when a mail was taken and nobody has been told yet. */
  onTaken?: (taken: {
    nth: number;
    /** Ends the connection instead of telling. */
    cut(): void;
    /** Tells nothing, ever. */
    hang(): void;
  }) => void | Promise<void>;
  options?: SMTPServerOptions;
}

function fault(answer: Answer): Error | null {
  return answer ? Object.assign(new Error(answer.words), { responseCode: answer.code }) : null;
}

/** Starts one on a free port. */
export async function startSink(behaviour: Behaviour = {}): Promise<Sink> {
  const received: Received[] = [];
  const sockets = new Map<string, Socket>();
  let recipients = 0;
  let mails = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    ...behaviour.options,
    onConnect: (session, done) => {
      behaviour.onConnected?.();
      for (const connection of server.connections) {
        const { session: its, _socket: socket }: { session?: { id: string }; _socket?: Socket } = Object(connection);
        if (its?.id === session.id && socket) sockets.set(session.id, socket);
      }
      done();
    },
    onRcptTo: ({ address }, _, done) => done(fault(behaviour.rcpt?.(address, ++recipients))),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        const nth = ++mails;
        const refusal = fault(behaviour.data?.(nth));
        if (refusal) return done(refusal);
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          mail: await simpleParser(raw),
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw: raw.toString("utf8"),
          secure: session.secure,
        });
        let silent = false;
        const hang = () => {
          silent = true;
        };
        const cut = () => {
          hang();
          sockets.get(session.id)?.destroy();
        };
        await behaviour.onTaken?.({ nth, cut, hang });
        if (!silent) done();
      });
    },
  });
  server.on("error", () => {}); // Clients that break off are what these tests are about.
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  if (typeof address !== "object" || address === null) throw new Error("The sink listens nowhere.");
  return {
    port: address.port,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A server that takes connections and then does what `onSocket` says, for what no SMTP server would do. */
export async function startRawServer(
  onSocket: (socket: Socket) => void,
  port = 0,
): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server listens nowhere.");
  return {
    port: address.port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** The setting that leads to a server on this machine. */
export function smtpAt(port: number, about: Partial<SmtpAddress> = {}): SmtpAddress {
  return { host: "127.0.0.1", port, implicitTls: false, requireTls: false, ignoreTls: true, auth: undefined, ...about };
}

/** All addresses of a header that mailparser gives as one object or several. */
export function addressesOf(header: AddressObject | AddressObject[] | undefined): { name: string; address?: string }[] {
  if (!header) return [];
  return (Array.isArray(header) ? header : [header]).flatMap(({ value }) => value);
}
