// What the system tells about processes by their number.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The fields of Linux' /proc/PID/stat after the name, which may itself hold spaces and brackets. */
const processFields = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");

/** What tells a process from a later one with the same number; empty where the system does not say. */
export function startMark(pid: number): string {
  try {
    if (process.platform === "linux") {
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${processFields(pid)[19]}`;
    }
    if (process.platform === "darwin") {
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    }
  } catch {
    // The process is gone, or the system keeps it to itself.
  }
  return "";
}

/** Whether a process with this number lives, whoever owns it. One that ended and waits to be noticed by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  if (process.platform !== "linux") return true;
  try {
    return processFields(pid)[0] !== "Z";
  } catch {
    return true;
  }
}
