import "server-only";
// Ids in addresses of the desk.
import { z } from "zod";
import { DomainError } from "@/lib/domain/errors";

/** The largest that a row can have. */
const largest = 2 ** 31 - 1;

const id = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number)
  .refine((number) => number <= largest);

/** The id that a part of an address is. @throws DomainError `not_found` when it is none */
export function idOf(part: string): number {
  const parsed = id.safeParse(part);
  if (!parsed.success) throw new DomainError("not_found");
  return parsed.data;
}
