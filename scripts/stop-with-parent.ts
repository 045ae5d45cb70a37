// Loaded with --import into the web server and the worker: when the supervisor is gone, however it
// went, they stop as if it had asked them to, so that no port or job stays taken. Processes that
// they start themselves load this too, and are theirs to stop.
const LIMIT_MS = 15_000;

if (process.env.WINNOW_SUPERVISOR === String(process.ppid)) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), LIMIT_MS).unref();
  });
  // Listening alone must not keep a finished process alive.
  process.channel?.unref();
}
