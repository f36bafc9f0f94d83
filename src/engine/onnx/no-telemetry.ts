// ONNX Runtime for Linux and macOS otherwise keeps a device id and a record of events under the home directory and
// looks for a host to send them to. It asks the environment of the process once, when the library is loaded.
const variable = 'ORT_DISABLE_TELEMETRY';
// Threads share the environment, and native code may be reading it: it is written once.
if (process.env[variable] !== '1') process.env[variable] = '1';
