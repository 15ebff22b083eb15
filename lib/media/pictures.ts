// Makes a foreign picture safe to keep: decoded and written anew as WebP, at most 2,048 pixels wide or high, without metadata,
// in a child process with limits of pixels, bytes and time (R62, R63).
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

/** R62 and R63 say why these numbers. */
const limits = {
  /** What a camera makes, not what a member may upload: an import brings the original files. */
  bytes: 50 * 1024 * 1024,
  /** Over all frames. */
  pixels: 40_000_000,
  side: 12_000,
  frames: 100,
  shownSide: 2_048,
  seconds: 10,
} as const;

/** The child's own time limit comes first; this one is for a child that does not answer any more, in milliseconds. */
const patience = (limits.seconds + 5) * 1_000;

export type RefusedPicture = "not_a_picture" | "too_large" | "unreadable" | "too_slow";

export type SafePicture = { webp: Uint8Array; width: number; height: number };

type Answer = SafePicture | { refused: RefusedPicture };

/** One child process that works through pictures, one at a time; a new one takes its place when it dies. */
export class PictureProcess {
  private child: ChildProcess | undefined;

  /**
   * @param file path of the picture; its name and ending mean nothing
   * @returns what to keep, or why there is nothing to keep. Call it for one picture at a time.
   */
  async reencode(file: string): Promise<Answer> {
    this.child ??= fork(join(process.cwd(), "lib", "media", "picture-process.mjs"), {
      serialization: "advanced",
      // Not the loader of the process that started it; and little memory of its own, the pixels are outside of it.
      execArgv: ["--max-old-space-size=256"],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const { child } = this;
    return new Promise((resolve) => {
      const finish = (answer: Answer) => {
        clearTimeout(timer);
        child.off("message", onMessage);
        child.off("exit", onExit);
        child.off("error", onExit);
        resolve(answer);
      };
      const give = (refused: RefusedPicture) => {
        this.child = undefined;
        child.kill("SIGKILL");
        finish({ refused });
      };
      const onExit = () => give("unreadable");
      const onMessage = (message: unknown) => finish(answerOf(message));
      const timer = setTimeout(() => give("too_slow"), patience);
      child.on("message", onMessage);
      child.on("exit", onExit);
      child.on("error", onExit);
      child.send({ file, limits });
    });
  }

  /** Ends the child. */
  close(): void {
    this.child?.kill();
    this.child = undefined;
  }
}

/** What a process says that read hostile bytes is judged like everything else. */
function answerOf(message: unknown): Answer {
  if (typeof message !== "object" || message === null) return { refused: "unreadable" };
  if ("webp" in message && message.webp instanceof Uint8Array && "width" in message && "height" in message) {
    const { webp, width, height } = message;
    if (typeof width === "number" && typeof height === "number" && webp.length > 0) return { webp, width, height };
  }
  const refused = "refused" in message ? message.refused : undefined;
  return { refused: refused === "not_a_picture" || refused === "too_large" ? refused : "unreadable" };
}
