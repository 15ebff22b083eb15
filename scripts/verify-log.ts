// npm run verify-log: walks the chain over the records of what was done and says where it does not hold. Beside a running server or
// without one. With a seal that somebody kept elsewhere, NUMBER:HASH, it also says whether that seal is still in the chain.
import { faultSentence } from "@/lib/domain/record-chain";
import { walkRecord } from "@/lib/services/check-record";
import { sealRecord } from "@/lib/services/seal-record";
import { withDatabase } from "@/scripts/open-database";
import { isForThePerson, StartError } from "@/scripts/start-error";

/** @throws StartError when it is no seal */
function sealOf(typed: string | undefined): { seq: bigint; hash: string } | undefined {
  if (typed === undefined) return undefined;
  const [, seq, hash] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(typed.toLowerCase()) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new StartError(`"${typed}" is no seal. Give its number and its hash: npm run verify-log -- 1234:70444c21…`);
  }
  return { seq: BigInt(seq), hash };
}

try {
  const held = sealOf(process.argv[2]);
  const { head, waiting, erased, faults } = await withDatabase(async () => {
    await sealRecord();
    return walkRecord(held);
  });
  for (const fault of faults) console.error(faultSentence(fault));
  if (faults.length > 0) process.exitCode = 1;
  else
    console.log(
      `Every line is as it was written${erased > 0 ? `, but for the words of ${erased} that were erased` : ""}.`,
    );
  console.log(
    `Newest seal: ${head.seq}:${head.hash || "none"}${waiting > 0 ? `, and ${waiting} lines wait for one` : ""}`,
  );
} catch (error) {
  if (!isForThePerson(error)) throw error;
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
