package dev.vitrine.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.model.EmbeddedDigits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded network knows digits, knows when there is none, and can be believed. */
class EmbeddedDigitsTest {
  private static DigitModel model;

  @BeforeAll
  static void open() {
    model = EmbeddedDigits.open(KernelChoice.best().kernels());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void itIsSmallEnoughForTheJar() throws IOException {
    try (InputStream in = EmbeddedDigits.class.getResourceAsStream("digits.safetensors")) {
      assertThat(in.readAllBytes().length).isLessThan(500_000);
    }
  }

  @Test
  void itReadsDrawnDigits() {
    Judgement drawn = Judgement.of("drawn", Cuts.recut(Digits.test(Seed.of(99), 1000)), model);
    assertThat(drawn.accuracy()).isGreaterThan(0.975);
    assertThat(drawn.refused()).isLessThan(0.015);
  }

  @Test
  void itKnowsWornDigitsAndWhatIsNone() {
    Dataset cuts = new Cuts(Seed.of(98), Optional.empty(), 0).make("test", 1000);
    Judgement worn = Judgement.of("worn", cuts, model);
    assertThat(worn.accuracy()).isGreaterThan(0.945);
    int[] none = worn.confusion()[DigitModel.NONE];
    int all = java.util.Arrays.stream(none).sum();
    assertThat((double) none[DigitModel.NONE] / all).isGreaterThan(0.9);
  }

  @Test
  void whatItIsSureOfIsSo() {
    Dataset cuts = new Cuts(Seed.of(97), Optional.empty(), 0).make("test", 1500);
    Judgement worn = Judgement.of("worn", cuts, model);
    assertThat(Calibration.expectedError(worn.reliability())).isLessThan(0.025);
    Calibration.Bin sure = worn.reliability().getLast();
    assertThat(sure.accuracy()).isGreaterThan(0.97);
  }

  @Test
  void anotherFileIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("other.safetensors");
    Safetensors.write(file, List.of(TensorData.floats("w", Shape.of(2), new float[2])), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    assertThatThrownBy(() -> EmbeddedDigits.of(bytes, KernelChoice.best().kernels()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected the text \"network.1\" beside the tensors");
  }

  @Test
  void probabilitiesSumToOne() {
    float[] said = model.probabilities(new float[][] {new float[784]})[0];
    double sum = 0;
    for (float share : said) {
      sum += share;
    }
    assertThat(said).hasSize(DigitModel.CLASSES);
    assertThat(sum).isBetween(0.9999, 1.0001);
  }
}
