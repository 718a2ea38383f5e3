package dev.vitrine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a model refuses, word for word. */
class ModelTest {
  private static final Shape INPUT = Shape.of(4);
  private final Model model = Model.of(Linear.of(3), INPUT);

  private static void refused(String sentence, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(UserException.class).hasMessage(sentence);
  }

  private Model with(Parameters numbers) {
    return new Model(model.network(), INPUT, model.specs(), numbers);
  }

  @Test
  void numbersOfAnotherNetwork() {
    assertThat(with(model.parameters().copy()).parameters().hash())
        .isEqualTo(model.parameters().hash());
    assertThatThrownBy(() -> with(Parameters.zeros(Layout.of(Map.of("weight", Shape.of(3, 5))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The network has \"weight\" of (3, 4), but the parameters given for it have it as (3, 5):"
                + " they are another network's");
    assertThatThrownBy(() -> with(Parameters.zeros(Layout.of(Map.of("weight", Shape.of(3, 4))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The network has \"bias\" of (3), but the parameters given for it do not have it: they are"
                + " another network's");
  }

  @Test
  void aLossOfManyNumbers() {
    refused(
        "A loss expects to end in one number for each example, but ended in (3) for each: sum over"
            + " elements, never over examples",
        () -> model.training((ops, y, t) -> ops.subtract(y, t)));
    refused(
        "A loss expects to end in one number for each example, but ended in () for the whole batch:"
            + " sum over elements, never over examples",
        () -> model.training((ops, y, t) -> ops.batchMean(ops.sum(y))));
  }

  @Test
  void missingLayers() {
    refused(
        "Sequential expects layers, but number 2 of 2 is null",
        () -> Sequential.of(Linear.of(2), null));
    refused("Parallel expects layers, but number 1 of 1 is null", () -> Parallel.of((Layer) null));
    refused("Residual expects a layer, but got null", () -> Residual.of(null));
    refused(
        "Residual's shortcut expects a layer, but got null", () -> Residual.of(Flatten.of(), null));
    refused("Auxiliary expects a layer, but got null", () -> Auxiliary.of(null, 1));
    refused("Named expects a layer, but got null", () -> Named.of("a", null));
    refused("A network expects a layer, but got null", () -> Model.of(null, INPUT));
  }

  /** An own normalisation that forgets, or mistakes, what inference is to read. */
  @Test
  void statisticsWithoutABuffer() {
    refused(
        "\"layer1.m\" is to follow statistics of (4), but in inference the layer has none of that"
            + " name: ask for a buffer of that shape",
        () -> own(0).training(Loss.meanSquaredError()));
    refused(
        "\"layer1.m\" is to follow statistics of (4), but in inference the layer has (5) of that"
            + " name: ask for a buffer of that shape",
        () -> own(5).training(Loss.meanSquaredError()));
    assertThat(own(4).training(Loss.meanSquaredError()).statistics()).hasSize(1);
  }

  @Test
  void aWeightThatTrainingDoesNotKnow() {
    refused(
        "The parameter \"layer1.w\" is asked for in inference alone, so no training changes it: ask for"
            + " it in both modes, or as a buffer",
        () -> scaled(true).training(Loss.meanSquaredError()));
    assertThat(scaled(false).training(Loss.meanSquaredError()).gradients()).containsKey("layer1.w");
  }

  private static Model scaled(boolean inferenceAlone) {
    Layer scale =
        (network, x) ->
            inferenceAlone && network.mode() == Mode.TRAINING
                ? x
                : network.multiply(
                    x, network.parameter("w", x.shape(), ParameterSpec.Role.SCALE, 1, 1));
    return Model.of(Sequential.of(scale, Linear.of(2)), INPUT);
  }

  private static Model own(int channels) {
    Layer norm =
        (network, x) -> {
          if (network.mode() == Mode.INFERENCE) {
            if (channels == 0) {
              return x;
            }
            Shape c = Shape.of(channels);
            network.buffer("m", c, ParameterSpec.Role.RUNNING_MEAN);
            network.buffer("v", c, ParameterSpec.Role.RUNNING_VARIANCE);
            return x;
          }
          Value mean = network.apply(new ChannelSum.Mean(), x);
          Value variance = network.apply(new ChannelSum.Variance(), x, mean);
          network.track(
              new RunningStatistics(network.name("m"), network.name("v"), mean, variance, 1, 0.1));
          return x;
        };
    return Model.of(Sequential.of(norm, Linear.of(2)), INPUT);
  }
}
