// What is wrong with a database address, as a sentence with what to do. Passwords never appear in it.

/** The address as a person may see it: host, port and database, without user and password. */
function place(url: string): { host: string; port: string; database: string; user: string } {
  const parsed = new URL(url);
  return {
    host: parsed.hostname || "localhost",
    port: parsed.port || "5432",
    database: decodeURIComponent(parsed.pathname.slice(1)) || "postgres",
    user: decodeURIComponent(parsed.username) || "(none)",
  };
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

/** A sentence about why the database at `url` could not be used. */
export function describeDatabaseTrouble(url: string, error: unknown): string {
  const { host, port, database, user } = place(url);
  const reason = error instanceof Error && error.message ? error.message : String(error);
  switch (codeOf(error)) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `There is no machine called "${host}". Check the host in DATABASE_URL, or leave DATABASE_URL out to use the embedded database.`;
    case "ECONNREFUSED":
      return `Nothing answers at ${host}, port ${port}. Start Postgres there, correct DATABASE_URL, or leave it out to use the embedded database.`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ETIMEDOUT":
      return `The machine ${host} cannot be reached on port ${port}. Check the network and the host in DATABASE_URL.`;
    case "28P01":
    case "28000":
      return `Postgres at ${host} refused the user "${user}" (${reason}). Check user and password in DATABASE_URL; special characters in a password must be written as %XX.`;
    case "3D000":
      return `There is no database "${database}" at ${host}. Make it with: createdb --encoding=UTF8 ${database}`;
    case "53300":
      return `Postgres at ${host} has no free connection. Raise its max_connections or stop what else is using it.`;
    case "57P03":
      return `Postgres at ${host} is still starting or stopping. Try again in a moment.`;
    case "42501":
      return `The user "${user}" may not prepare the tables in "${database}" (${reason}). Give MIGRATION_DATABASE_URL with the owner of the database; docs/operations.md has the lines to run.`;
    default:
      return /timeout|timed out/i.test(reason)
        ? `The machine ${host} does not answer on port ${port}. Check the network and the host in DATABASE_URL.`
        : `The database "${database}" at ${host} could not be used: ${reason}.`;
  }
}
