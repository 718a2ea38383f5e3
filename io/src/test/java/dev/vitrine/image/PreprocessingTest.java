package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums and numbers are of the same steps in Pillow 12.3 and NumPy, in double, rounded once. */
class PreprocessingTest {
  private static final Raster PICTURE = Pictures.formula(331, 257, 3);

  @Test
  void torchvision() {
    Shape input = Shape.of(3, 224, 224);
    Raster view = Preprocessing.TORCHVISION.view(PICTURE, input);
    assertThat(Pictures.sum(view)).isEqualTo(679517984L);
    float[] numbers = Preprocessing.TORCHVISION.numbers(view, input);
    assertThat(numbers).startsWith(0.94742703f).endsWith(-0.5146841f);
    assertThat(sum(numbers)).isEqualTo(143842449L);
    assertThat(Preprocessing.TORCHVISION.description(input))
        .isEqualTo(
            "torchvision: shorter side resized to 256, centre 224 × 224, RGB, pixels/255 − (0.485,"
                + " 0.456, 0.406), over (0.229, 0.224, 0.225)");
  }

  @Test
  void caffe() {
    Shape input = Shape.of(3, 227, 227);
    float[] numbers = Preprocessing.CAFFE.numbers(Preprocessing.CAFFE.view(PICTURE, input), input);
    assertThat(numbers).startsWith(63f).endsWith(6f);
    assertThat(sum(numbers)).isEqualTo(2637341066L);
    assertThat(Preprocessing.CAFFE.description(input))
        .isEqualTo("caffe: resized to 256 × 256, centre 227 × 227, BGR, pixels − (104, 117, 123)");
  }

  @Test
  void unit() {
    Preprocessing unit = Preprocessing.unit(Normalisation.UNIT);
    Shape input = Shape.of(1, 28, 28);
    Raster view = unit.view(PICTURE, input);
    assertThat(Pictures.sum(view)).isEqualTo(1115331389L);
    assertThat(unit.numbers(view, input)).startsWith((float) (126 / 255.0));
    assertThat(unit.description(input)).isEqualTo("unit: resized to 28 × 28, grey, pixels/255");
    assertThat(Preprocessing.unit(Normalisation.of(0.5, 0.25)).numbers(view, input))
        .startsWith((float) ((126 / 255.0 - 0.5) / 0.25));
  }

  /** torchvision's {@code transform_input}: its numbers, scaled once more. */
  @Test
  void inceptionIsTorchvisionTransformed() {
    Shape input = Shape.of(3, 224, 224);
    Raster view = Preprocessing.INCEPTION.view(PICTURE, input);
    float[] usual = Preprocessing.TORCHVISION.numbers(view, input);
    float[] numbers = Preprocessing.INCEPTION.numbers(view, input);
    double[] mean = {0.485, 0.456, 0.406};
    double[] deviation = {0.229, 0.224, 0.225};
    for (int k = 0; k < numbers.length; k++) {
      int c = k / (224 * 224);
      double transformed = usual[k] * (deviation[c] / 0.5) + (mean[c] - 0.5) / 0.5;
      assertThat((double) numbers[k]).isCloseTo(transformed, within(2e-6));
    }
  }

  /** Minus the mean of all, and without red: (1, 2, 3), (5, 6, 10) with a mean of 4.5. */
  @Test
  void toronto() {
    Raster two = Raster.black(2, 1, 3);
    System.arraycopy(new byte[] {1, 2, 3, 5, 6, 10}, 0, two.samples(), 0, 6);
    Shape input = Shape.of(3, 1, 2);
    assertThat(Preprocessing.TORONTO.numbers(two, input))
        .containsExactly(-1.5f, 5.5f, -2.5f, 1.5f, -1.5f, 5.5f);
    assertThat(Preprocessing.TORONTO.description(input))
        .isEqualTo("toronto: resized to 2 × 1, BGB, pixels − their mean");
  }

  /**
   * Rows of 0, 100, 200 and 40, of which a half is (¾·0 + ¾·100 + ¼·200)/1¾, in a picture twice as
   * wide as high, for an input of 2 × 2.
   */
  @ParameterizedTest
  @CsvSource({
    "stretch, 'resized to 2 × 2', 71 117 71 117",
    "crop, 'shorter side resized to 2, centre 2 × 2', 100 200 100 200",
    "pad, 'resized to fit into 2 × 2, grey 9 around it', 71 117 9 9"
  })
  void fits(String way, String words, String expected) {
    Raster wide = Raster.black(4, 2, 1);
    System.arraycopy(new byte[] {0, 100, (byte) 200, 40}, 0, wide.samples(), 0, 4);
    System.arraycopy(wide.samples(), 0, wide.samples(), 4, 4);
    Shape input = Shape.of(1, 2, 2);
    Preprocessing chosen =
        Preprocessing.unit(Normalisation.UNIT).fitted(Fitting.Way.named(way)).onGround(9);
    Raster view = chosen.view(wide, input);
    StringBuilder got = new StringBuilder();
    for (byte sample : view.samples()) {
      got.append(got.isEmpty() ? "" : " ").append(Byte.toUnsignedInt(sample));
    }
    assertThat(got).hasToString(expected);
    assertThat(chosen.description(input)).startsWith("unit: " + words);
  }

  /** What is around an inverted picture is inverted with it. */
  @Test
  void thePaddingIsInvertedToo() {
    Raster sheet = Raster.black(60, 30, 1);
    sheet.fill(250);
    sheet.paint(Raster.black(8, 16, 1), 26, 7);
    Preprocessing chosen =
        Preprocessing.unit(Normalisation.UNIT)
            .trainedOn(Polarity.LIGHT_ON_DARK)
            .fitted(Fitting.Way.PAD);
    Raster view = chosen.view(sheet, Shape.of(1, 28, 28));
    assertThat(view.get(0, 0, 0)).isZero();
    assertThat(view.get(0, 14, 0)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"1, 65535, 3, 7", "65535, 1, 3, 7", "1, 1, 5, 2", "300, 200, 224, 224"})
  void everyWayGivesTheInputsSize(int w, int h, int width, int height) {
    for (Fitting.Way way : Fitting.Way.values()) {
      Raster view =
          Preprocessing.CAFFE.fitted(way).view(Raster.black(w, h, 3), Shape.of(3, height, width));
      assertThat(new int[] {view.width(), view.height()}).containsExactly(width, height);
    }
  }

  @ParameterizedTest
  @CsvSource({"unit", "torchvision", "inception", "caffe", "toronto"})
  void whatContradictsTheTrainingIsInverted(String name) {
    Raster black = Raster.black(40, 30, 3);
    black.fill(255);
    black.paint(Raster.black(8, 8, 1), 16, 11);
    Shape input = Shape.of(3, 28, 28);
    Preprocessing unit = Preprocessing.unit(Normalisation.UNIT);
    Preprocessing light = unit.trainedOn(Polarity.LIGHT_ON_DARK);
    Preprocessing chosen = Preprocessing.named(name, light);
    assertThat(chosen.polarity()).isEqualTo(Polarity.LIGHT_ON_DARK);
    assertThat(chosen.inverts(black)).isTrue();
    assertThat(chosen.inverts(black.inverted())).isFalse();
    Raster inverted = Preprocessing.named(name, unit).view(black.inverted(), input);
    assertThat(chosen.view(black, input).samples()).isEqualTo(inverted.samples());
    assertThat(chosen.view(black.inverted(), input).samples()).isEqualTo(inverted.samples());
    assertThat(chosen.trainedOn(Polarity.DARK_ON_LIGHT).inverts(black)).isFalse();
    assertThat(Preprocessing.named(name, unit).inverts(black)).isFalse();
  }

  @Test
  void greyFillsAllChannels() {
    Shape input = Shape.of(3, 2, 2);
    Preprocessing unit = Preprocessing.unit(Normalisation.UNIT);
    Raster view = unit.view(Pictures.formula(2, 2, 1), input);
    float[] numbers = unit.numbers(view, input);
    for (int i = 0; i < 4; i++) {
      assertThat(numbers[4 + i]).isEqualTo(numbers[i]).isEqualTo(numbers[8 + i]);
    }
    assertThat(numbers[1]).isEqualTo((float) (3 / 255.0));
  }

  /** Of the shortest and of the longest pictures only what is needed is resized. */
  @ParameterizedTest
  @CsvSource({"1, 1", "65535, 1", "1, 65535"})
  void anySizeFits(int width, int height) {
    Raster picture = Raster.black(width, height, 3);
    picture.fill(51);
    for (Preprocessing each :
        new Preprocessing[] {
          Preprocessing.TORCHVISION, Preprocessing.CAFFE, Preprocessing.unit(Normalisation.UNIT)
        }) {
      Raster view = each.view(picture, Shape.of(3, 32, 40));
      assertThat(new int[] {view.width(), view.height(), view.get(39, 31, 2)})
          .containsExactly(40, 32, 51);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Preprocessing.CAFFE.requireFit(Shape.of(1, 28, 28)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The preprocessing \"caffe\" makes inputs of 3 channels, but the network expects (1, 28,"
                + " 28): choose the preprocessing unit");
    assertThatThrownBy(() -> Preprocessing.unit(Normalisation.UNIT).requireFit(Shape.of(784)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A picture cannot be the network's input (784): expected (1, H, W) or (3, H, W)");
    assertThatThrownBy(() -> Fitting.Way.named("crops"))
        .isInstanceOf(UserException.class)
        .hasMessage("Unknown fit \"crops\"; did you mean \"crop\"?");
    assertThatThrownBy(() -> Preprocessing.named("cafe", Preprocessing.unit(Normalisation.UNIT)))
        .isInstanceOf(UserException.class)
        .hasMessage("Unknown preprocessing \"cafe\"; did you mean \"caffe\"?");
  }

  private static long sum(float[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    CRC32 sum = new CRC32();
    sum.update(bytes.array());
    return sum.getValue();
  }
}
