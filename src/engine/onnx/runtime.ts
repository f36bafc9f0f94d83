// The only way to ONNX Runtime, so that nothing loads it with its telemetry on: imports are evaluated in their order.
import './no-telemetry.ts';

export { InferenceSession, Tensor } from 'onnxruntime-node';
