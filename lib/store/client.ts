// The one way to the database: a Prisma client upon the process's pool. Every call that fails because the database is away, slow or locked
// comes out as DomainError("unavailable"); see database-faults for how such failures are told apart.
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { once } from "@/lib/once";
import { againAfterCollision } from "@/lib/store/collisions";
import { translateDatabaseError } from "@/lib/store/database-faults";
import { Prisma, PrismaClient } from "@/lib/store/generated/client";
import { patience, sharedPool } from "@/lib/store/pool";

/**
 * A client upon `pool`. Each holds some twenty megabytes about the shape of the database, so the module worlds of this process (lib/once)
 * share one, if they share Prisma's library: it knows what it has made itself by its classes.
 */
function plainClient(pool: pg.Pool): PrismaClient {
  const clients = once("prisma-clients", () => new Map<unknown, { pool: pg.Pool; client: PrismaClient }>());
  const before = clients.get(Prisma.Sql);
  if (before?.pool === pool) return before.client;
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: patience.connect, timeout: patience.transaction },
    errorFormat: "minimal",
  });
  clients.set(Prisma.Sql, { pool, client });
  return client;
}

function connect(pool: pg.Pool) {
  return plainClient(pool).$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args);
        } catch (error) {
          throw translateDatabaseError(error);
        }
      },
    },
  });
}

export type Database = ReturnType<typeof connect>;

/** What store functions take: the database itself is one too, so reads work inside and outside a transaction. */
export type Transaction = Omit<Database, "$connect" | "$disconnect" | "$extends" | "$on" | "$transaction" | "$use">;

let current: { pool: pg.Pool; client: Database } | undefined;

/** The database. Opens connections when the first question is asked. Raw questions only as tagged `$queryRaw` and `$executeRaw` (R83). */
export function database(): Database {
  const pool = sharedPool();
  if (current?.pool !== pool) current = { pool, client: connect(pool) };
  return current.client;
}

/**
 * Runs `work` in one transaction (read committed) and answers what it answers; throwing undoes everything. After a deadlock or
 * a serialization failure the whole `work` runs again, so it must do nothing but talk to `tx`.
 * @param timeout milliseconds for the whole of it; longer only for what nobody waits for
 * @throws DomainError "unavailable" when the database is away or the tries are used up; whatever `work` throws
 */
export function inTransaction<T>(
  work: (tx: Transaction) => Promise<T>,
  timeout: number = patience.transaction,
): Promise<T> {
  return againAfterCollision(() => database().$transaction(work, { maxWait: patience.connect, timeout }));
}
