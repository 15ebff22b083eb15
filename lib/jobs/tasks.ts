// What each job of the queue does, by the name it waits under.
import type { TaskList } from "graphile-worker";
import { cleanUpJob } from "@/lib/jobs/clean-up";
import { deleteAccountJob } from "@/lib/jobs/delete-account";
import { exportDataJob } from "@/lib/jobs/export-data";
import { publishDueJob } from "@/lib/jobs/publish-due";
import { sendMailJob } from "@/lib/jobs/send-mail";

export const tasks: TaskList = {
  "send-mail": sendMailJob,
  "clean-up": cleanUpJob,
  "export-data": exportDataJob,
  "delete-account": deleteAccountJob,
  "publish-due": publishDueJob,
};
