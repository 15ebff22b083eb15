// What each job of the queue does, by the name it waits under.
import type { TaskList } from "graphile-worker";
import { cleanUpJob } from "@/lib/jobs/clean-up";
import { countFiguresJob } from "@/lib/jobs/count-figures";
import { deleteAccountJob } from "@/lib/jobs/delete-account";
import { exportDataJob } from "@/lib/jobs/export-data";
import { fillSearchJob } from "@/lib/jobs/fill-search";
import { lookAfterPicturesJob } from "@/lib/jobs/look-after-pictures";
import { publishDueJob } from "@/lib/jobs/publish-due";
import { checkRecordJob, sealRecordJob } from "@/lib/jobs/seal-record";
import { sendMailJob } from "@/lib/jobs/send-mail";
import { tellClosedJob } from "@/lib/jobs/tell-closed";

export const tasks: TaskList = {
  "send-mail": sendMailJob,
  "clean-up": cleanUpJob,
  "export-data": exportDataJob,
  "delete-account": deleteAccountJob,
  "publish-due": publishDueJob,
  "fill-search": fillSearchJob,
  "count-figures": countFiguresJob,
  "look-after-pictures": lookAfterPicturesJob,
  "tell-closed": tellClosedJob,
  "seal-record": sealRecordJob,
  "check-record": checkRecordJob,
};
