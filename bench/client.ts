// A program that visits the site as a browser does: it takes packed answers, and keeps the cookies that it is given.
import { Agent, request } from "node:http";
import { brotliDecompressSync } from "node:zlib";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** As it came over the wire. */
  body: Buffer;
}

/** What an answer says, unpacked. */
export const textOf = ({ body, headers }: Answer) =>
  (headers["content-encoding"] === "br" ? brotliDecompressSync(body) : body).toString("utf8");

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export class Client {
  private readonly cookies = new Map<string, string>();

  /** @param at where to ask instead of the origin, whose name is told all the same: one of several instances */
  constructor(
    private readonly origin: string,
    public at = origin,
  ) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send("GET", path, { headers });
  }

  postJson(path: string, value: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send("POST", path, {
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "accept-encoding": "identity",
        ...headers,
      },
      body: JSON.stringify(value),
    });
  }

  /** Sends a form as a browser without scripts does. */
  postForm(
    path: string,
    fields: readonly (readonly [string, string])[],
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const boundary = "bench-boundary-0f1e2d3c";
    const parts = fields.map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    return this.send("POST", path, {
      headers: {
        "content-type": `multipart/form-data; boundary=${boundary}`,
        origin: this.origin,
        accept: "text/html",
        ...headers,
      },
      body: `${parts.join("")}--${boundary}--\r\n`,
    });
  }

  private send(
    method: string,
    path: string,
    { headers, body }: { headers: Record<string, string>; body?: string },
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const all = { host: new URL(this.origin).host, "accept-encoding": "br", ...(cookie && { cookie }), ...headers };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.at), { method, agent, headers: all }, (response) => {
        for (const line of response.headers["set-cookie"] ?? []) this.keep(line);
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const told = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(told),
            body: Buffer.concat(chunks),
          });
        });
      });
      sent.once("error", reject);
      sent.end(body);
    });
  }

  private keep(line: string): void {
    const [pair = ""] = line.split(";", 1);
    const at = pair.indexOf("=");
    this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
