package dev.vitrine.vision.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.random.Seed;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that read no digits are refused, and what would read them is named. */
class TenClassesTest {
  private static final String MEND =
      "give one that learned digits, of MNIST or of the same form, or none, for the networks that come with Vitrine";

  @TempDir private Path box;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1, 28, 28 | 11 | a network of ten classes, 0 to 9, but this one's output is 11",
        "1, 28, 28 | 26 | a network of ten classes, 0 to 9, but this one's output is 26",
        "3, 32, 32 | 10 | a network of inputs 1×28×28, but this one's are 3×32×32",
        "1, 14, 14 | 3 | a network of inputs 1×28×28, but this one's are 1×14×14",
      })
  void anotherNetworkIsRefused(String input, int classes, String sentence) throws IOException {
    Path form = box.resolve("mine.json");
    Files.writeString(
        form,
        "{\"name\": \"mine\", \"input\": [%s], \"layers\": [\"flatten\", {\"linear\": %s}]}"
            .formatted(input, classes));
    NetworkSpec spec = NetworkFile.read(form);
    Model model = Model.of(spec.layers(), spec.input(), Initializer.kaimingNormal(), Seed.of(3));
    Path file = box.resolve("mine.safetensors");
    TrainedNetwork.of(spec, file, InputFacts.NONE).write(model, file);
    TrainedNetwork network = TrainedNetwork.open(file, Optional.empty());
    assertThatThrownBy(() -> TenClasses.of(network, KernelChoice.best().kernels()))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": digits are read by " + sentence + ": " + MEND);
  }
}
