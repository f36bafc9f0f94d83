// The only way to ONNX Runtime, so that nothing loads it with its telemetry on: imports are evaluated in their order.
import './no-telemetry.ts';

export { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
