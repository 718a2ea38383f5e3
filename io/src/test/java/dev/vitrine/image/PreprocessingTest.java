package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @ParameterizedTest
  @CsvSource({"unit", "torchvision", "caffe"})
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
