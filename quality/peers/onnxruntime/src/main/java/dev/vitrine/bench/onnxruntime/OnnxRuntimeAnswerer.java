package dev.vitrine.bench.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.vitrine.bench.Answerer;
import dev.vitrine.bench.AnswererProcess;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/** ONNX Runtime with all its optimisations; inputs go through memory that it reads in place. */
public final class OnnxRuntimeAnswerer implements Answerer {
  private final OrtSession session;
  private final String inputName;
  private final FloatBuffer buffer;
  private final OnnxTensor tensor;

  private OnnxRuntimeAnswerer(Path network, int[] input, int batch, int threads)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      session = environment.createSession(network.toString(), options);
    }
    inputName = session.getInputNames().iterator().next();
    long[] sizes =
        IntStream.concat(IntStream.of(batch), IntStream.of(input)).asLongStream().toArray();
    int elements = batch * IntStream.of(input).reduce(1, Math::multiplyExact);
    buffer =
        ByteBuffer.allocateDirect(Float.BYTES * elements)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    tensor = OnnxTensor.createTensor(environment, buffer, sizes);
  }

  @Override
  public float[] answer(float[][] inputs) {
    buffer.clear();
    for (float[] input : inputs) {
      buffer.put(input);
    }
    try (OrtSession.Result result = session.run(Map.of(inputName, tensor))) {
      FloatBuffer outputs = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] all = new float[outputs.remaining()];
      outputs.get(all);
      return all;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Serves {@link AnswererProcess}. */
  public static void main(String... args) {
    AnswererProcess.serve(new Make(), args);
  }

  /** Makes ONNX Runtime's. */
  static final class Make implements Factory {
    @Override
    public String title() {
      return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
    }

    @Override
    public Answerer open(Path network, int[] input, int batch, int threads) {
      try {
        return new OnnxRuntimeAnswerer(network, input, batch, threads);
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
