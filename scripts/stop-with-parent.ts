// Loaded with --import into the web server and the worker: when the supervisor is gone, however it
// went, they stop as if it had asked them to, so that no port or job stays taken.
const LIMIT_MS = 15_000;

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), LIMIT_MS).unref();
});
// Listening alone must not keep a finished process alive.
process.channel?.unref();
