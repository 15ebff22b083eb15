// nginx before several instances on this machine: for `npm run instances`, for the tests, and as the pattern for one's own.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Balanced {
  /** Where readers come in. */
  port: number;
  /** Where the instances listen, on this machine. */
  instances: readonly number[];
  /** Keep what the site allows to be kept, as a cache in front would. */
  cache?: boolean;
  /** Say nothing of instances that do not answer, where that is part of a trial. */
  quiet?: boolean;
}

/** Whether nginx is installed. */
export function hasNginx(): boolean {
  return spawnSync("nginx", ["-v"], { stdio: "ignore" }).error === undefined;
}

/** @param folder for its files, empty and for it alone */
export function nginxConfig({ port, instances, cache = false }: Balanced, folder: string): string {
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  proxy_cache_path ${folder}/cache keys_zone=pages:1m;
  # A picture and the form around it.
  client_max_body_size 6m;
  upstream colloquy {
    # A page that lies ready should not wait behind one that is being drawn.
    least_conn;
${instances.map((own) => `    server 127.0.0.1:${own} max_fails=1 fail_timeout=2s;`).join("\n")}
    keepalive 32;
    # Shorter than the instances' own five seconds, so that no request meets a connection that is just being closed.
    keepalive_timeout 4s;
  }
  server {
    listen 127.0.0.1:${port};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_connect_timeout 2s;
    proxy_read_timeout 60s;
${cache ? "    proxy_cache pages;\n    add_header X-Cache-Status $upstream_cache_status always;\n" : ""}    location / {
      proxy_pass http://colloquy;
      # Only reading is tried elsewhere; a form may have been taken in already.
      proxy_next_upstream error timeout;
    }
    # While two versions serve side by side, the page of one asks for styles and scripts that the other does not have.
    location ~ ^/(_next/static|assets)/ {
      proxy_pass http://colloquy;
      proxy_next_upstream error timeout http_404;
    }
  }
}
`;
}

/** Starts nginx. @returns what stops it */
export async function startBalancer(balanced: Balanced): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "colloquy-nginx-"));
  // nginx started by root works as somebody else, who must get to its folders.
  await mkdir(join(folder, "cache"));
  const file = join(folder, "nginx.conf");
  const user = process.getuid?.() === 0 ? "user root;\n" : "";
  await writeFile(file, user + nginxConfig(balanced, folder));
  const nginx: ChildProcess = spawn("nginx", ["-p", folder, "-c", file, "-e", "stderr"], {
    stdio: balanced.quiet ? "ignore" : "inherit",
  });
  const ended = new Promise((resolve) => nginx.once("close", resolve));
  return async () => {
    nginx.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
}
