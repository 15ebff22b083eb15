// Test files run one after the other in one process, so that modules are loaded once. Whatever lib/once made for an earlier file is gone
// when the next begins, as in a process of its own; kept is only what is dear and remembers nothing of a file.
import { waitForDatabase } from "@/tests/support/unhurried";

const kept = new Set(["card-fonts", "difference-pool", "log-destination", "nobodys-password", "render-pool"]);

const holder: { [registry: symbol]: Map<string, unknown> | undefined } = Object(globalThis);
const made = holder[Symbol.for("colloquy.once")];
for (const name of [...(made?.keys() ?? [])]) if (!kept.has(name)) made?.delete(name);
waitForDatabase({ hurried: true });
