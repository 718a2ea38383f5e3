package dev.vitrine.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.vitrine.bench.Answerer;
import dev.vitrine.bench.AnswererProcess;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * PyTorch through DJL, by its functions, without gradients. It reads no ONNX: the file's network is
 * translated layer by layer, with the same numbers.
 */
public final class DjlAnswerer implements Answerer {
  private final NDManager manager = NDManager.newBaseManager();
  private final DjlNetwork network;
  private final Shape sizes;
  private final float[] batch;

  private DjlAnswerer(Path file, int[] input, int examples) {
    String name = file.getFileName().toString().replace(".onnx", "");
    network = new DjlNetwork(AnswererProcess.model(name), manager, DataType.FLOAT32);
    network.learned().values().forEach(number -> number.setRequiresGradient(false));
    sizes =
        new Shape(
            IntStream.concat(IntStream.of(examples), IntStream.of(input)).asLongStream().toArray());
    batch = new float[Math.toIntExact(sizes.size())];
  }

  @Override
  public float[] answer(float[][] inputs) {
    int elements = inputs[0].length;
    for (int n = 0; n < inputs.length; n++) {
      System.arraycopy(inputs[n], 0, batch, n * elements, elements);
    }
    try (NDManager request = manager.newSubManager()) {
      NDArray images = request.create(FloatBuffer.wrap(batch), sizes, DataType.FLOAT32);
      return network.logits(images, false).toFloatArray();
    }
  }

  /** Serves {@link AnswererProcess}. */
  public static void main(String... args) {
    AnswererProcess.serve(new Make(), args);
  }

  /** Makes DJL's. */
  static final class Make implements Factory {
    @Override
    public String title() {
      return new DjlContender.Make().title();
    }

    @Override
    public Answerer open(Path network, int[] input, int batch, int threads) {
      DjlContender.limit(threads);
      return new DjlAnswerer(network, input, batch);
    }
  }
}
