// A process that does jobs and nothing else, for tests that kill it.
import { startJobs } from "@/lib/jobs/queue";

await startJobs();
process.stdout.write("doing jobs\n");
