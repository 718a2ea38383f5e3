package dev.vitrine.bench.dl4j;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Window;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Sgd;
import dev.vitrine.workload.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A Vitrine workload as a Deeplearning4j network that starts from the same numbers. */
final class Dl4jNetwork {
  private final Map<String, String> names = new LinkedHashMap<>();
  private final MultiLayerNetwork network;

  Dl4jNetwork(Workload workload) {
    Model model = workload.model();
    Optimizer rule = workload.recipe().optimizer();
    NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder();
    builder.updater(updater(rule));
    if (rule instanceof Sgd sgd && sgd.weightDecay() != 0) {
      builder.l2(sgd.weightDecay()).l2Bias(sgd.weightDecay());
    }
    NeuralNetConfiguration.ListBuilder list = builder.list();
    List<Layer> layers =
        ((Sequential) model.network())
            .layers().stream().filter(layer -> !(layer instanceof Flatten)).toList();
    int parameter = 0;
    for (int i = 0; i < layers.size(); i++) {
      list.layer(i, layer(layers.get(i), i == layers.size() - 1));
      if (layers.get(i) instanceof Conv2d || layers.get(i) instanceof Linear) {
        names.put(model.specs().get(parameter++).name(), i + "_W");
        names.put(model.specs().get(parameter++).name(), i + "_b");
      }
    }
    int[] input = model.input().sizes();
    MultiLayerConfiguration configuration =
        list.setInputType(InputType.convolutional(input[1], input[2], input[0])).build();
    network = new MultiLayerNetwork(configuration);
    network.init();
    model.specs().forEach(spec -> start(model, spec));
  }

  /** Nesterov's rule is the only momentum that Deeplearning4j has; its cost is the same. */
  private static IUpdater updater(Optimizer rule) {
    return switch (rule) {
      case Sgd sgd when sgd.momentum() == 0 ->
          new org.nd4j.linalg.learning.config.Sgd(sgd.learningRate());
      case Sgd sgd -> new Nesterovs(sgd.learningRate(), sgd.momentum());
      case Adam adam ->
          new org.nd4j.linalg.learning.config.Adam(
              adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
      default -> throw new IllegalArgumentException("No translation of " + rule);
    };
  }

  private static org.deeplearning4j.nn.conf.layers.Layer layer(Layer layer, boolean last) {
    var identity = org.nd4j.linalg.activations.Activation.IDENTITY;
    return switch (layer) {
      case Conv2d conv -> {
        Window w = conv.window();
        yield new ConvolutionLayer.Builder(w.h().kernel(), w.w().kernel())
            .nOut(conv.outChannels())
            .stride(w.h().stride(), w.w().stride())
            .padding(w.h().before(), w.w().before())
            .activation(identity)
            .build();
      }
      case Linear linear when last ->
          new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
              .nOut(linear.outFeatures())
              .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
              .build();
      case Linear linear ->
          new DenseLayer.Builder().nOut(linear.outFeatures()).activation(identity).build();
      case MaxPool2d pool -> {
        Window w = pool.window();
        yield new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(w.h().kernel(), w.w().kernel())
            .stride(w.h().stride(), w.w().stride())
            .build();
      }
      case Activation a when a.function() instanceof Rectifier.Relu ->
          new ActivationLayer(org.nd4j.linalg.activations.Activation.RELU);
      default -> throw new IllegalArgumentException("No translation of " + layer);
    };
  }

  /** Deeplearning4j keeps a dense layer's weight as (in, out). */
  private void start(Model model, ParameterSpec spec) {
    float[] numbers = model.parameters().get(spec.name());
    int[] sizes = spec.shape().sizes();
    long[] shape = java.util.Arrays.stream(sizes).asLongStream().toArray();
    INDArray array = Nd4j.create(numbers, shape);
    INDArray own = network.getParam(names.get(spec.name()));
    own.assign(sizes.length == 2 ? array.transpose() : array.reshape(own.shape()));
  }

  MultiLayerNetwork network() {
    return network;
  }

  /** A parameter in Vitrine's layout. */
  INDArray parameter(String name) {
    INDArray own = network.getParam(names.get(name));
    return own.rank() == 2 && name.endsWith("weight") ? own.transpose() : own;
  }
}
