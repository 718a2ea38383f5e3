package dev.vitrine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Numbers;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedOnceTest {
  private static final Shape IMAGE = Shape.of(3, 8, 8);

  private static Model model() {
    Model model =
        Model.of(
            Sequential.of(
                Conv2d.of(6, 3).bias(false),
                BatchNorm2d.of(),
                Activation.relu(),
                Conv2d.of(5, 3),
                BatchNorm2d.of(),
                Conv2d.of(4, 1),
                Flatten.of(),
                Linear.of(3)),
            IMAGE,
            Initializer.normal(0.5),
            Initializer.normal(0.5),
            Seed.of(3));
    for (ParameterSpec spec : model.specs()) {
      if (spec.name().contains("norm")) {
        float[] values = new float[spec.shape().elements()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) Seed.of(4).stream(spec.name()).uniform(i, 0.5, 2);
        }
        values[0] = 0; // γ too: a filter that is dead, of whose weights nothing is left
        model.parameters().set(spec.name(), values);
      }
    }
    return model;
  }

  private static Map<String, Frozen.Place> places(Parameters parameters) {
    Map<String, Frozen.Place> places = new HashMap<>();
    for (Layout.Entry entry : parameters.layout().entries()) {
      places.put(entry.name(), parameters.place(entry));
    }
    return places;
  }

  private static int[] bits(Numbers numbers, Layout.Entry entry) {
    Frozen.Place place = numbers.place(entry);
    int[] bits = new int[entry.shape().elements()];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(place.array()[place.offset() + i]));
    return bits;
  }

  private static void assertSame(Numbers got, Numbers expected) {
    assertThat(got.layout().entries()).isEqualTo(expected.layout().entries());
    for (Layout.Entry entry : got.layout().entries()) {
      assertThat(bits(got, entry)).as(entry.name()).isEqualTo(bits(expected, entry));
    }
  }

  @Test
  void bothNetworksHaveTheirNumbers() {
    Model model = model();
    Parameters before = model.parameters().copy();
    Parameters folded = Folding.of(model).parameters().copy();
    FoldedOnce once = FoldedOnce.of(model, places(model.parameters()));
    assertSame(once.trained(), before);
    assertSame(once.folded(), folded);
  }

  /** What computing turns where it lies comes back for both. */
  @Test
  void turnedNumbersAreThose() {
    Model model = model();
    Parameters before = model.parameters().copy();
    FoldedOnce once = FoldedOnce.of(model, places(model.parameters()));
    for (String name : new String[] {"conv1.weight", "conv3.weight"}) {
      int count = before.layout().entry(name).shape().elements();
      assertThat(once.folded().turn(name, at -> reverse(at, count), at -> reversed(at, count)))
          .isPresent();
    }
    assertSame(once.trained(), before);
  }

  /** A parameter that no fold changes has one form, whichever network asks. */
  @Test
  void formsAreShared() {
    FoldedOnce once = twoNetworks();
    Object form = once.folded().form("linear1.weight", "form", Object::new);
    assertThat(once.trained().<Object>form("linear1.weight", "form", Object::new)).isSameAs(form);
    assertThat(once.trained().<Object>form("conv1.weight", "form", Object::new))
        .isNotSameAs(once.folded().<Object>form("conv1.weight", "form", Object::new));
    Layout.Entry weight = once.trained().layout().entry("linear1.weight");
    int count = weight.shape().elements();
    int[] before = bits(twoNetworks().trained(), weight);
    assertThat(
            once.trained()
                .turn("linear1.weight", at -> reverse(at, count), at -> reversed(at, count)))
        .isPresent();
    assertThat(bits(once.trained(), weight)).isEqualTo(before);
    once.trained().restore("linear1.weight", () -> new float[count]);
    assertThat(bits(once.folded(), once.folded().layout().entry("linear1.weight"))).containsOnly(0);
  }

  private static FoldedOnce twoNetworks() {
    Model model = model();
    return FoldedOnce.of(model, places(model.parameters()));
  }

  private static void reverse(Frozen.Place at, int count) {
    System.arraycopy(reversed(at, count), 0, at.array(), at.offset(), count);
  }

  private static float[] reversed(Frozen.Place at, int count) {
    float[] reversed = new float[count];
    for (int i = 0; i < count; i++) {
      reversed[i] = at.array()[at.offset() + count - 1 - i];
    }
    return reversed;
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {1, -1, 0.7310585786, -3.3, 1e-30, 1e30, 1e-44, 1e44, 0, Double.NaN, 1e300})
  void everyWeightComesBack(double factor) {
    int filter = 4_099;
    float[] weights = new float[3 + 2 * filter];
    for (int i = 3; i < weights.length; i++) {
      weights[i] = (float) Seed.of(9).stream("weights").normal(i);
    }
    float[] odd = {
      0f,
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_NORMAL,
      Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN,
      Float.intBitsToFloat(0x7fc12345),
      1f,
      Math.nextUp(1f),
      Math.nextDown(2f)
    };
    System.arraycopy(odd, 0, weights, 7, odd.length);
    System.arraycopy(odd, 0, weights, 3 + filter, odd.length);
    float[] changed = weights.clone();
    Frozen.Place at = new Frozen.Place(changed, 3);
    Unscaling back = Unscaling.scale(at, 2 * filter, factor, 0.3);
    float[] expected = Arrays.copyOfRange(weights, 3, weights.length);
    assertThat(changed[3 + filter + 20]).isEqualTo((float) (weights[3 + filter + 20] * 0.3));
    assertThat(Arrays.equals(bits(back.weights(at, 2 * filter)), bits(expected))).isTrue();
  }

  private static int[] bits(float... numbers) {
    int[] bits = new int[numbers.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(numbers[i]));
    return bits;
  }
}
