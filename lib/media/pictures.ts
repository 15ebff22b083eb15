// Makes a foreign picture safe to keep: decoded and written anew as WebP, at most 2,048 pixels wide or high, without metadata,
// in a child process with limits of pixels, bytes and time (R62, R63).
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";

// Asked for at run time, so that Next's bundler does not look for a program to bundle.
const { fork } = process.getBuiltinModule("node:child_process");

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
  /** A phone's column, and twice of it or a window's column. */
  smallerWidths: [640, 1_280],
  /** Made only where the picture is so many times wider. */
  worthSmaller: 1.2,
} as const;

/** The child's own time limit comes first; this one is for a child that does not answer any more, in milliseconds. */
const patience = (limits.seconds + 5) * 1_000;

export type RefusedPicture = "not_a_picture" | "too_large" | "unreadable" | "too_slow";

export interface SafePicture {
  webp: Uint8Array;
  width: number;
  height: number;
  /** The same at smaller widths, smallest first; none for a small or a moving one. */
  smaller: { webp: Uint8Array; width: number }[];
}

type Answer = SafePicture | { refused: RefusedPicture };

/** One child process that works through pictures, one at a time; a new one takes its place when it dies. */
export class PictureProcess {
  private child: ChildProcess | undefined;

  /**
   * @param input the picture's bytes, or the path of its file, whose name and ending mean nothing
   * @returns what to keep, or why there is nothing to keep. Call it for one picture at a time.
   */
  async reencode(input: string | Uint8Array): Promise<Answer> {
    this.child ??= fork(join(/* turbopackIgnore: true */ process.cwd(), "lib", "media", "picture-process.mjs"), {
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
      child.send({ input, limits });
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
    const smaller = "smaller" in message && Array.isArray(message.smaller) ? message.smaller.flatMap(smallerOf) : [];
    if (typeof width === "number" && typeof height === "number" && webp.length > 0) {
      return { webp, width, height, smaller };
    }
  }
  const refused = "refused" in message ? message.refused : undefined;
  return { refused: refused === "not_a_picture" || refused === "too_large" ? refused : "unreadable" };
}

function smallerOf(made: unknown): { webp: Uint8Array; width: number }[] {
  if (typeof made !== "object" || made === null || !("webp" in made) || !("width" in made)) return [];
  const { webp, width } = made;
  return webp instanceof Uint8Array && typeof width === "number" ? [{ webp, width }] : [];
}
