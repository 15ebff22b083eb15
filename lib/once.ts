// What must exist once in the process (pools, stores, buses) although two module worlds load this code: server.ts through
// tsx, and the bundle that Next makes. Everything global lives here, under one key, and nowhere else.

const registryKey = Symbol.for("colloquy.once");

/**
 * Returns the process-wide value called `name`, making it on first use. Ask for it at each use rather than keep it in a module: tests forget
 * what was made between two files.
 */
export function once<T>(name: string, make: () => T): T {
  const holder = globalThis as unknown as { [registryKey]?: Map<string, unknown> };
  holder[registryKey] ??= new Map();
  if (!holder[registryKey].has(name)) holder[registryKey].set(name, make());
  return holder[registryKey].get(name) as T;
}
