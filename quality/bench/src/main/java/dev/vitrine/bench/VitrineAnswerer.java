package dev.vitrine.bench;

import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.predict.Predictor;
import java.nio.file.Path;
import java.util.Optional;

/** Vitrine itself, through the predictor that everybody uses. */
public final class VitrineAnswerer implements Answerer {
  private final Predictor predictor;
  private final int outputs;

  private VitrineAnswerer(Predictor predictor) {
    this.predictor = predictor;
    outputs = predictor.output().shape().elements();
  }

  @Override
  public float[] answer(float[][] inputs) {
    float[][] each = predictor.predict(inputs);
    float[] all = new float[each.length * outputs];
    for (int n = 0; n < each.length; n++) {
      System.arraycopy(each[n], 0, all, n * outputs, outputs);
    }
    return all;
  }

  /** Serves {@link AnswererProcess}. */
  public static void main(String... args) {
    AnswererProcess.serve(new Make(), args);
  }

  /** Makes Vitrine's; their threads are the processors that the process is told it has. */
  public static final class Make implements Factory {
    @Override
    public String title() {
      return "Vitrine (%s)".formatted(KernelChoice.best().kernels().name());
    }

    @Override
    public Answerer open(Path network, int[] input, int batch, int threads) {
      return new VitrineAnswerer(Predictor.of(OnnxNetwork.read(network, Optional.of("output"))));
    }
  }
}
