// A transaction that asks by SQL alone, straight on a connection of the pool: for what is written all the time. It costs a fraction of
// Prisma's, and Postgres keeps the plan of each question.
import { createHash } from "node:crypto";
import pg from "pg";
import { DomainError } from "@/lib/domain/errors";
import { againAfterCollision } from "@/lib/store/collisions";
import { Prisma } from "@/lib/store/generated/client";
import { patience, sharedPool } from "@/lib/store/pool";

/** What can be asked by SQL: of the database, of a transaction, of a plain one. Columns come as Prisma gives them, `date` and `numeric` excepted. */
export interface Questions {
  $queryRaw<Rows>(question: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<Rows>;
  $executeRaw(question: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<number>;
}

/** What `work` talks to: it may ask the next thing before the last one is answered, and both go together. */
interface PlainTransaction extends Questions {
  /** What is on its way need not be waited for: the commit is sent behind it, and succeeds only if it does. */
  commitsWith(question: Promise<unknown>): void;
}

/**
 * Runs `work` in one transaction (read committed) and answers what it answers; throwing undoes everything. After a deadlock or
 * a serialization failure the whole `work` runs again, so it must do nothing but talk to `tx`.
 * @throws DomainError "unavailable" when the database is away or the tries are used up; whatever `work` throws
 */
export function inPlainTransaction<T>(work: (tx: PlainTransaction) => Promise<T>): Promise<T> {
  return againAfterCollision(async () => {
    const client = await sharedPool().connect();
    const latest = performance.now() + patience.transaction;
    try {
      const onTheWay: Promise<unknown>[] = [];
      const commitsWith = (question: Promise<unknown>) => {
        // It is told below; until then nobody looks.
        question.catch(() => {});
        onTheWay.push(question);
      };
      commitsWith(ask(client, begin));
      const result = await work({ ...questionsOf(client, latest), commitsWith });
      const committing = ask(client, commit);
      committing.catch(() => {});
      await Promise.all(onTheWay);
      const { command } = await committing;
      // A statement had failed, and `work` went on as if nothing had happened.
      if (command !== "COMMIT") throw new Error("The transaction was undone by a statement that failed.");
      client.release();
      return result;
    } catch (error) {
      await ask(client, rollback).then(
        () => client.release(),
        (broken: Error) => client.release(broken),
      );
      throw error;
    }
  });
}

const begin = Prisma.sql`BEGIN`;
const commit = Prisma.sql`COMMIT`;
const rollback = Prisma.sql`ROLLBACK`;

function questionsOf(client: pg.PoolClient, latest: number): Questions {
  const put = (question: TemplateStringsArray | Prisma.Sql, values: unknown[]) => {
    if (performance.now() > latest) throw new DomainError("unavailable", { retryAfter: 1 });
    return ask(client, question instanceof Prisma.Sql ? question : Prisma.sql(question, ...values));
  };
  return {
    async $queryRaw<Rows>(question: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<Rows> {
      const { rows } = await put(question, values);
      // What a question answers is written beside it, here as with Prisma.
      return rows as Rows;
    },
    async $executeRaw(question, ...values) {
      return (await put(question, values)).rowCount ?? 0;
    },
  };
}

/** Numbers that do not fit into JavaScript's come as bigint, as from Prisma. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type, format) =>
    type === pg.types.builtins.INT8 && format !== "binary" ? BigInt : pg.types.getTypeParser(type, format),
};

function ask(client: pg.PoolClient, { text, values }: Prisma.Sql): Promise<pg.QueryResult> {
  // What is asked in one breath goes to Postgres in one piece.
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
  // Without values a question goes as it is, in one message.
  return client.query({ name: values.length > 0 ? nameOf(text) : undefined, text, values, types });
}

/** More different questions than the code asks; what comes beyond is asked without a name, so that no connection's memory grows. */
const mostNames = 200;

const names = new Map<string, string>();

/** Under which a connection knows the question again. Both module worlds share the connections, so it follows from the text. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = createHash("sha256").update(text).digest("base64url");
  names.set(text, name);
  return name;
}
