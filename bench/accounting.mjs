// Loaded first into a process that is measured: tells its parent, when asked, what it has used, and keeps nothing awake.
if (process.send) {
  process.on("message", (message) => {
    if (message !== "usage") return;
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000, rss: process.memoryUsage.rss() });
  });
  process.channel?.unref();
}
