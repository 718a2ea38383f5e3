package dev.vitrine.bench.tensorflow;

import dev.vitrine.bench.Batches;
import dev.vitrine.bench.Contender;
import dev.vitrine.bench.ContenderProcess;
import dev.vitrine.data.Dataset;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.workload.Workload;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** TensorFlow for Java, as one graph that is run for each step. */
public final class TensorFlowContender implements Contender {
  private final Batches batches;
  private final int[] input;
  private final TensorFlowNetwork network;
  private final Placeholder<TUint8> images;
  private final Placeholder<TInt32> labels;
  private final Operand<TFloat32> loss;
  private final Op update;
  private final Session session;

  private TensorFlowContender(Workload workload, Dataset data, int threads) {
    batches = new Batches(data, workload.recipe(), true);
    input = workload.network().input().sizes();
    Graph graph = new Graph();
    Ops tf = Ops.create(graph);
    network = new TensorFlowNetwork(tf, workload.model());
    Shape shape = Shape.of(-1, input[1], input[2], input[0]);
    images = tf.placeholder(TUint8.class, Placeholder.shape(shape));
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    Operand<TFloat32> pixels =
        tf.math.mul(tf.dtypes.cast(images, TFloat32.class), tf.constant(1f / 255));
    Operand<TFloat32> logits = network.logits(pixels);
    var entropy = tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, labels);
    loss = tf.math.mean(entropy.loss(), tf.constant(0));
    Operand<TFloat32> count = tf.dtypes.cast(tf.size(labels), TFloat32.class);
    Optimizer rule = workload.recipe().optimizer();
    TensorFlowUpdate updates = new TensorFlowUpdate(tf, network.learned(), rule);
    Operand<TFloat32> logitsGradient = tf.math.div(entropy.backprop(), count);
    update = updates.apply(graph, logits, logitsGradient, network.following());
    session = new Session(graph, config(threads));
    initialise(tf);
    updates.initialise(session);
  }

  private static ConfigProto config(int threads) {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(Integer.getInteger("vitrine.interop", 1))
        .build();
  }

  private void initialise(Ops tf) {
    for (TensorFlowNetwork.Numbers numbers : network.numbers().values()) {
      Placeholder<TFloat32> start = tf.placeholder(TFloat32.class);
      Op assign = tf.assign(numbers.variable(), start);
      Shape shape = numbers.variable().shape();
      try (TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(numbers.start()))) {
        session.runner().feed(start, tensor).addTarget(assign).run().close();
      }
    }
  }

  @Override
  public double step() {
    batches.next();
    int count = batches.count();
    Shape shape = Shape.of(count, input[1], input[2], input[0]);
    try (TUint8 pixels = TUint8.tensorOf(shape, DataBuffers.of(batches.pixels(), true, false));
        TInt32 classes =
            TInt32.tensorOf(Shape.of(count), DataBuffers.of(batches.labels(), true, false));
        Result result =
            session
                .runner()
                .feed(images, pixels)
                .feed(labels, classes)
                .fetch(loss)
                .addTarget(update)
                .run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  @Override
  public float[] parameter(String name) {
    TensorFlowNetwork.Numbers of = network.numbers().get(name);
    float[] numbers = new float[of.places().length];
    try (Result result = session.runner().fetch(of.variable()).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] own = new float[numbers.length];
      tensor.asRawTensor().data().asFloats().read(own);
      for (int i = 0; i < own.length; i++) {
        numbers[of.places()[i]] = own[i];
      }
    }
    return numbers;
  }

  /** Serves {@link ContenderProcess}. */
  public static void main(String... args) {
    ContenderProcess.serve(new Make(), args);
  }

  /** Makes TensorFlow contenders. */
  static final class Make implements Factory {
    @Override
    public String title() {
      return "TensorFlow for Java 1.1.0 (TensorFlow %s)".formatted(TensorFlow.version());
    }

    @Override
    public Contender open(Workload workload, Dataset data, int threads) {
      return new TensorFlowContender(workload, data, threads);
    }
  }
}
