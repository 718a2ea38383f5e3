package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalisationTest {
  private static final Shape GREY = Shape.of(1, 28, 28);
  private static final Shape COLOUR = Shape.of(3, 2, 2);

  @Test
  void oneForAllChannelsIsOneTable() {
    float[] unit = Normalisation.UNIT.table(COLOUR);
    assertThat(unit).hasSize(256);
    assertThat(unit[0]).isZero();
    assertThat(unit[51]).isEqualTo(0.2f);
    assertThat(unit[255]).isEqualTo(1);
    float[] mnist = Normalisation.MNIST.table(GREY);
    assertThat(mnist[0]).isCloseTo(-0.42421296f, within(1e-7f));
    assertThat(mnist[255]).isCloseTo(2.82148653f, within(1e-6f));
  }

  @Test
  void oneAChannelIsATableAChannel() {
    var three = new Normalisation(255, List.of(0.0, 0.5, 1.0), List.of(0.25));
    float[] table = three.table(COLOUR);
    assertThat(table).hasSize(768);
    assertThat(new float[] {table[51], table[256 + 51], table[512 + 51]})
        .containsExactly((float) (0.2 / 0.25), (float) (-0.3 / 0.25), (float) (-0.8 / 0.25));
    assertThat(new Normalisation(1, List.of(-1e20, 3.0), List.of(1.0, 1e20)).description())
        .isEqualTo("pixels − (-1.0E20, 3), over (1, 1.0E20)");
    assertThat(three.description()).isEqualTo("pixels/255 − (0, 0.5, 1), over 0.25");
  }

  @Test
  void invertedIsOfWhatWhiteLacks() {
    var three = new Normalisation(51, List.of(0.1, 0.5, 1.0), List.of(0.25));
    Normalisation inverted = three.inverted();
    for (int sample : new int[] {0, 7, 255}) {
      assertThat(inverted.number(sample, 1))
          .isCloseTo(three.number(255 - sample, 1), within(1e-6f));
    }
    assertThat(inverted.inverted()).isEqualTo(three);
    assertThat(inverted.mean()).containsExactly(4.9, 4.5, 4.0);
    assertThat(inverted.description()).isEqualTo("inverted " + three.description());
  }

  @Test
  void whatDoesNotFitIsOneSentence() {
    assertRefused(
        () -> Normalisation.of(0, 0),
        "The normalisation's deviation expects a number above 0, or below it for inverted pictures, but got 0");
    assertRefused(
        () -> Normalisation.of(Double.NaN, 1),
        "The normalisation's mean expects a finite number, but got NaN");
    assertRefused(
        () -> new Normalisation(255, List.of(0.1, 0.2), List.of(1.0, 1.0, 1.0)),
        "Normalisation expects one mean and one deviation, or one a channel, but got 2 and 3");
    assertRefused(
        () -> new Normalisation(255, List.of(), List.of()),
        "Normalisation expects one mean and one deviation, or one a channel, but got 0 and 0");
    assertRefused(
        () -> new Normalisation(-255, List.of(0.0), List.of(1.0)),
        "The normalisation's divisor expects a number above 0, but got -255");
    assertRefused(
        () -> new Normalisation(1e-320, List.of(0.0), List.of(1.0)),
        "The normalisation's divisor expects a number above 0 that single precision can tell from 0,"
            + " but got 1e-320");
    assertRefused(
        () -> new Normalisation(1e-30, List.of(0.0, 1.0), List.of(1.0, 1e-30)),
        "The normalisation makes samples infinite: with divisor 1e-30, mean 1 and deviation 1e-30 the"
            + " number of 255 is too large");
    assertRefused(
        () -> Preprocessing.TORCHVISION.normalisation().table(GREY),
        "The normalisation has numbers for 3 channels, but the network's input is (1, 28, 28)");
  }

  private static void assertRefused(Runnable action, String sentence) {
    assertThatThrownBy(action::run).isInstanceOf(UserException.class).hasMessage(sentence);
  }
}
