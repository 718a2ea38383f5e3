package dev.vitrine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Numbers that are given: in the model, where they are saved, or in the graph. */
class FixedTest {
  private static Layer scaled(Initializer start) {
    return (network, x) -> network.multiply(x, network.fixed("scale", Shape.of(2), start));
  }

  private static Model model(Layer first) {
    return Model.of(
        Sequential.of(first, Linear.of(3)), Shape.of(2), Initializer.normal(1), Seed.of(1));
  }

  @Test
  void theyLieAmongTheParametersButAreNotLearned() {
    Model model = model(scaled(Initializer.values(2, 5)));
    assertThat(model.parameters().layout().entries())
        .extracting(Layout.Entry::name)
        .containsExactly("layer1.scale", "linear1.weight", "linear1.bias");
    assertThat(model.parameters().get("layer1.scale")).containsExactly(2, 5);
    assertThat(model.specs().getFirst().role().learned()).isFalse();
    assertThat(model.training(Loss.meanSquaredError()).gradients())
        .containsOnlyKeys("linear1.weight", "linear1.bias");
  }

  /** A role may be given to any parameter; it then starts as a weight. */
  @Test
  void aFixedProjectionStartsAsAWeight() {
    Layer random =
        (network, x) ->
            network.apply(
                new Affine(false),
                x,
                network.parameter("w", Shape.of(4, 2), ParameterSpec.Role.FIXED, 2, 4));
    Model model = model(random);
    float[] drawn = model.parameters().get("layer1.w");
    assertThat(drawn).doesNotContain(0).doesNotHaveDuplicates();
    assertThat(model(random).parameters().get("layer1.w")).containsExactly(drawn);
    assertThat(model.training(Loss.meanSquaredError()).gradients()).doesNotContainKey("layer1.w");
  }

  @Test
  void startingNumbersAreOneForEachElement() {
    assertThatThrownBy(() -> model(scaled(Initializer.values(1, 2, 3))))
        .isInstanceOf(UserException.class)
        .hasMessage("\"layer1.scale\" of (2) expects 2 numbers to start with, but got 3");
  }

  @Test
  void constantsAreImmutableAndEqualByTheirNumbers() {
    double[] numbers = {1, 2, 3, 4};
    Leaf.Constant constant = new Leaf.Constant(Shape.of(2, 2), numbers);
    numbers[0] = 9;
    constant.elements()[1] = 9;
    assertThat(constant.elements()).containsExactly(1, 2, 3, 4);
    Leaf.Constant same = new Leaf.Constant(Shape.of(2, 2), 1, 2, 3, 4);
    assertThat(constant).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(constant)
        .isNotEqualTo(new Leaf.Constant(Shape.of(4), 1, 2, 3, 4))
        .isNotEqualTo(new Leaf.Constant(Shape.of(2, 2), 1, 2, 3, 5))
        .hasToString("Constant(4 numbers)");
    assertThatThrownBy(() -> new Leaf.Constant(Shape.of(2, 2), 1, 2, 3))
        .isInstanceOf(UserException.class)
        .hasMessage("A constant of (2, 2) expects 4 numbers, or one for all, but got 3");
  }

  @Test
  void aConstantIsSharedAndHasNoParameter() {
    Layer mask = (network, x) -> network.multiply(x, network.constant(Shape.of(2), 0, 1));
    Model model = model(mask);
    assertThat(model.specs()).hasSize(2);
    Value product = model.inference().graph().values().get(2);
    assertThat(product.inputs().getLast().perExample()).isFalse();
  }
}
