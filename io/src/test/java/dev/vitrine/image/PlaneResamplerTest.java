package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of tensors the same bits as of pictures, whose are Pillow's. */
class PlaneResamplerTest {
  @ParameterizedTest
  @CsvSource({
    "1, 28, 28, 32, 32",
    "3, 32, 32, 96, 96",
    "3, 32, 32, 15, 31",
    "1, 1, 1, 5, 3",
    "3, 7, 5, 7, 5",
    "1, 64, 3, 1, 200",
    "3, 100, 90, 13, 17"
  })
  void theBitsAreThoseOfPictures(int channels, int h, int w, int height, int width) {
    Shape shape = Shape.of(channels, h, w);
    byte[] pixels = new byte[5 + shape.elements()];
    new Random(h).nextBytes(pixels);
    Arrays.fill(pixels, pixels.length / 2, pixels.length * 2 / 3, (byte) 255);
    PlaneResampler resampler = PlaneResampler.of(shape, new ImageSize(height, width));
    Raster expected = Resampler.resize(Raster.of(shape, pixels, 5), width, height);
    assertThat(resampler.shape()).isEqualTo(Shape.of(channels, height, width));
    assertThat(Raster.of(resampler.shape(), resampler.resize(pixels, 5), 0).samples())
        .isEqualTo(expected.samples());
  }

  @Test
  void aDataSetsImagesAreResizedWhenTheyAreAskedFor() {
    byte[] pixels = new byte[3 * 12];
    new Random(1).nextBytes(pixels);
    Shape shape = Shape.of(1, 3, 4);
    Dataset whole = Dataset.of("d", shape, pixels, new byte[3], List.of("a"));
    Dataset part = whole.resized(new ImageSize(6, 2)).slice(1, 3);
    assertThat(part.shape()).isEqualTo(Shape.of(1, 6, 2));
    Raster expected = Resampler.resize(Raster.of(shape, pixels, 24), 2, 6);
    assertThat(part.picture(1).samples()).isEqualTo(expected.samples());
    assertThat(part.pixel(1, 3)).isEqualTo(expected.get(1, 1, 0));
    assertThat(part.offset(1)).isZero();
    assertThatThrownBy(part::pixels).isInstanceOf(IllegalStateException.class);
    Dataset back = part.resized(new ImageSize(3, 4));
    assertThat(back.pixels()).isSameAs(pixels);
    assertThat(back.offset(1)).isEqualTo(24);
  }

  @Test
  void sizesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new ImageSize(0, 3))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Images are resized to sides of 1 to 65,535 and at most 64 million pixels, but got 0 × 3"
                + " (height × width)");
    assertThatThrownBy(() -> new ImageSize(8001, 8000)).hasMessageContaining("8,001 × 8,000");
    assertThatThrownBy(() -> new ImageSize(1, 65_536)).hasMessageContaining("1 × 65,536");
    assertThat(new ImageSize(8000, 8000)).hasToString("8000 × 8000");
  }
}
