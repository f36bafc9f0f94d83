// ONNX Runtime for Linux and macOS otherwise keeps a device id and a record of events under the home directory and
// looks for a host to send them to. It asks the environment of the process once, when the library is loaded.
process.env.ORT_DISABLE_TELEMETRY = '1';
