package dev.vitrine.bench.dl4j;

import dev.vitrine.bench.Batches;
import dev.vitrine.bench.Contender;
import dev.vitrine.bench.ContenderProcess;
import dev.vitrine.data.Dataset;
import dev.vitrine.workload.Workload;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j's {@code MultiLayerNetwork}. */
public final class Dl4jContender implements Contender {
  private final Batches batches;
  private final int[] input;
  private final Dl4jNetwork network;

  private Dl4jContender(Workload workload, Dataset data) {
    batches = new Batches(data, workload.recipe(), false);
    input = workload.network().input().sizes();
    network = new Dl4jNetwork(workload);
  }

  @Override
  public double step() {
    batches.next();
    int count = batches.count();
    int elements = input[0] * input[1] * input[2];
    float[] pixels = new float[count * elements];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (batches.pixels()[i] & 0xFF) * (1f / 255);
    }
    float[] classes = new float[count * 10];
    for (int i = 0; i < count; i++) {
      classes[i * 10 + batches.labels()[i]] = 1;
    }
    INDArray images = Nd4j.create(pixels, new long[] {count, input[0], input[1], input[2]});
    INDArray labels = Nd4j.create(classes, new long[] {count, 10});
    MultiLayerNetwork net = network.network();
    net.fit(images, labels);
    return net.score();
  }

  @Override
  public float[] parameter(String name) {
    return network.parameter(name).dup('c').data().asFloat();
  }

  /** Serves {@link ContenderProcess}. */
  public static void main(String... args) {
    ContenderProcess.serve(new Make(), args);
  }

  /** Makes Deeplearning4j contenders. */
  static final class Make implements Factory {
    @Override
    public String title() {
      return "Deeplearning4j 1.0.0-M2.1 + oneDNN";
    }

    @Override
    public Contender open(Workload workload, Dataset data, int threads) {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
      Nd4j.getEnvironment().setMaxThreads(threads);
      return new Dl4jContender(workload, data);
    }
  }
}
