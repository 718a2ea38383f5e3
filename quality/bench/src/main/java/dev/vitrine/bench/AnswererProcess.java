package dev.vitrine.bench;

import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.testkit.DrawnModel;
import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.StepClock;
import dev.vitrine.zoo.Zoo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * An answerer's own process. It answers {@link Requests}:
 *
 * <pre>
 *   run SECONDS    →  REQUESTS SECONDS
 *   answer FILE    →  how many numbers its outputs have, which it writes to the file
 * </pre>
 *
 * The inputs are drawn, the same for everybody.
 */
public final class AnswererProcess {
  private AnswererProcess() {}

  /**
   * The main program of an answerer.
   *
   * @param args an ONNX file, threads, batch size, and the sizes of an example with commas
   */
  public static void serve(Answerer.Factory factory, String... args) {
    int[] input = Arrays.stream(args[3].split(",", -1)).mapToInt(Integer::parseInt).toArray();
    float[][] batch = new float[Integer.parseInt(args[2])][];
    Arrays.setAll(batch, n -> DrawnModel.example(Shape.of(input), Seed.of(n)));
    int threads = Integer.parseInt(args[1]);
    Answerer answerer = factory.open(Path.of(args[0]), input, batch.length, threads);
    StepClock clock = new StepClock(() -> answerer.answer(batch)[0], new ProcessorTime());
    Requests.answer(factory.title());
    try {
      Requests.serve(
          Map.of(
              "run", seconds -> Requests.run(clock, seconds),
              "answer", file -> write(answerer.answer(batch), Path.of(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The network of a match, with numbers as if it had been trained; the same in every process.
   *
   * @param name in the zoo
   */
  public static Model model(String name) {
    NetworkSpec network = Zoo.named(name);
    return DrawnModel.of(network.layers(), network.input(), Seed.of(1));
  }

  private static String write(float[] outputs, Path file) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * outputs.length);
    bytes.asFloatBuffer().put(outputs);
    try {
      Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Integer.toString(outputs.length);
  }

  /** What {@code answer} wrote. */
  static float[] read(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      float[] outputs = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(outputs);
      return outputs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
