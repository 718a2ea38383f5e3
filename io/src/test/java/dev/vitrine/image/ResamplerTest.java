package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against Pillow 12.3: {@code Image.fromarray(a).resize((w, h), Image.BILINEAR)}, with {@code
 * zlib.crc32(np.array(resized).tobytes())} for the large ones.
 */
class ResamplerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3|4|6, 32, 84, 17, 46, 99, 41, 72, 128, 78, 113, 172",
        "7|2|9, 13, 23, 39, 61, 89, 123, 49, 55, 67, 85, 109, 139, 175",
        "1|1|71",
      })
  void smallOnesAreToTheBit(int width, int height, String expected) {
    Raster resized = Resampler.resize(Pictures.formula(7, 5, 1), width, height);
    int[] samples = new int[width * height];
    Arrays.setAll(samples, i -> resized.get(i % width, i / width, 0));
    assertThat(samples)
        .containsExactly(Arrays.stream(expected.split(", ")).mapToInt(Integer::parseInt).toArray());
    Raster same = Resampler.resize(resized, width, height);
    assertThat(same.samples()).isEqualTo(resized.samples());
  }

  @ParameterizedTest
  @CsvSource({"64, 48, 3337384628", "500, 300, 2536344192"})
  void largeOnesAreToTheBit(int width, int height, long sum) {
    Raster resized = Resampler.resize(Pictures.formula(331, 257, 3), width, height);
    assertThat(Pictures.sum(resized)).isEqualTo(sum);
  }

  @Test
  void aPartIsThatOfTheWhole() {
    Raster picture = Pictures.formula(97, 61, 3);
    Raster whole = Resampler.resize(picture, 40, 50);
    Raster part = Resampler.resize(picture, 40, 50, new Resampler.Box(7, 11, 20, 30));
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 20; x++) {
        assertThat(part.get(x, y, 2)).isEqualTo(whole.get(x + 7, y + 11, 2));
      }
    }
    assertThatThrownBy(() -> Resampler.resize(picture, 40, 50, new Resampler.Box(21, 0, 20, 1)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
