// Two transactions that stand in each other's way: the one that Postgres gave up is done again, a few times.
import { setTimeout as pause } from "node:timers/promises";
import { DomainError } from "@/lib/domain/errors";
import { isCollision, translateDatabaseError } from "@/lib/store/database-faults";

/** Tries after deadlocks or serialization failures, the first included, before the caller hears of it (F8). */
const attempts = 4;

/** The longest pause before the second try, in milliseconds; it doubles with each try. Half of it is chance, so that two colliding transactions part. */
const firstPause = 30;

/**
 * Runs a whole transaction, again after each collision.
 * @throws DomainError "unavailable" when the database is away or the tries are used up; whatever `transaction` throws
 */
export async function againAfterCollision<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (!isCollision(error)) throw translateDatabaseError(error);
      if (attempt === attempts) throw new DomainError("unavailable", { retryAfter: 1 });
      const longest = firstPause * 2 ** (attempt - 1);
      await pause(longest / 2 + (Math.random() * longest) / 2);
    }
  }
}
