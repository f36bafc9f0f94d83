// ONNX Runtime for Linux and macOS otherwise keeps a device id and a record of events under the home directory and
// looks for a host to send them to. It asks the environment of the process once, when the library is loaded.
// Threads share that environment, and native code may be reading it: the first to come here writes it, and no other.
if (process.env.ORT_DISABLE_TELEMETRY !== '1') process.env.ORT_DISABLE_TELEMETRY = '1';
