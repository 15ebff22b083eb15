// Sets NODE_ENV before anything that reads it is loaded; server.ts imports this file first. `--dev` means hot reload.

/** Whether this is `npm run dev`. */
export const development = process.argv.includes("--dev");

Object.assign(process.env, { NODE_ENV: development ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
