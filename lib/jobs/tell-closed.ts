// Every minute: the stored pages of discussions that have closed by themselves are drawn anew.
import { tell } from "@/lib/jobs/tell";
import { readJustClosed } from "@/lib/services/just-closed";
import { systemContext } from "@/lib/services/system-context";

/** @throws when the database is away; the next minute's look covers this one, too */
export async function tellClosedJob(): Promise<void> {
  await tell(await readJustClosed(systemContext()));
}
