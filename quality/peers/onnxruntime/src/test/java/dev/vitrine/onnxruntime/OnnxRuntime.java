package dev.vitrine.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** ONNX Runtime with one model. */
final class OnnxRuntime implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  private OnnxRuntime(OrtSession session) {
    this.session = session;
  }

  /**
   * Loads a model as it is, without rewriting it.
   *
   * @throws OrtException if ONNX Runtime refuses it
   */
  static OnnxRuntime of(Path file) throws OrtException {
    return of(file, OrtSession.SessionOptions.OptLevel.NO_OPT);
  }

  /**
   * Loads a model, rewritten so far.
   *
   * @throws OrtException if ONNX Runtime refuses it
   */
  static OnnxRuntime of(Path file, OrtSession.SessionOptions.OptLevel level) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(level);
      options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return new OnnxRuntime(
          OrtEnvironment.getEnvironment().createSession(file.toString(), options));
    }
  }

  /** An output: its sizes and its numbers. */
  record Output(long[] dims, float[] numbers) {}

  /**
   * The outputs by name for an input of these sizes.
   *
   * @throws OrtException if ONNX Runtime cannot run it
   */
  Map<String, Output> run(long[] dims, float[] numbers) throws OrtException {
    String input = session.getInputNames().iterator().next();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), dims);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      Map<String, Output> outputs = new LinkedHashMap<>();
      for (Map.Entry<String, ai.onnxruntime.OnnxValue> each : result) {
        OnnxTensor value = (OnnxTensor) each.getValue();
        FloatBuffer buffer =
            value.getInfo().type == ai.onnxruntime.OnnxJavaType.FLOAT
                ? value.getFloatBuffer()
                : null;
        float[] all = new float[buffer == null ? 0 : buffer.remaining()];
        if (buffer != null) {
          buffer.get(all);
        }
        outputs.put(each.getKey(), new Output(value.getInfo().getShape(), all));
      }
      return outputs;
    }
  }

  Set<String> inputs() {
    return session.getInputNames();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
