package dev.vitrine.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadsTest {
  /** Multiply–accumulates by hand: forward, weight gradients, input gradients but the first. */
  @ParameterizedTest
  @CsvSource({
    "W1, 89610, 128, 89400 + 89400 + 11000",
    "W2, 795010, 500, 794000 + 794000 + 10000",
    "W3, 431080, 64, 2293000 + 2293000 + 2005000",
    "W3-100, 431080, 100, 2293000 + 2293000 + 2005000",
    "W4, 3199106, 128, 13808400 + 13808400 + 13181200",
    "W5, 62006, 128, 651720 + 651720 + 298920",
    "W6, 11181642, 64, 37016576 + 37016576 + 34608128"
  })
  void parametersAndArithmetic(String id, long parameters, int batchSize, String macs) {
    Workload workload = Workloads.find(id);
    long sum = 0;
    for (String term : macs.split(" \\+ ", -1)) {
      sum += Long.parseLong(term);
    }
    long learned =
        workload.model().specs().stream()
            .filter(spec -> spec.role().learned())
            .mapToLong(spec -> spec.shape().elements())
            .sum();
    assertThat(learned).isEqualTo(parameters);
    assertThat(workload.recipe().batchSize()).isEqualTo(batchSize);
    assertThat(workload.flops()).isEqualTo(2 * sum);
    assertThat(workload.data(1).shape()).isEqualTo(workload.network().input());
  }

  @Test
  void listsByName() {
    assertThat(Workloads.list("W3,w1")).extracting(Workload::id).containsExactly("W3", "W1");
    assertThat(Workloads.list("all")).isEqualTo(Workloads.ALL);
  }

  @Test
  void unknownWorkloadIsOneSentence() {
    assertThatThrownBy(() -> Workloads.list("W1,W33"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Unknown workload \"W33\": expected W1, W2, W3, W3-100, W4, W5, W6; did you mean \"W3\"?");
  }

  @Test
  void imagesAreAFunctionOfTheSeed() {
    Shape shape = Shape.of(3, 4, 5);
    Dataset images = SyntheticImages.of(shape, 40, Seed.of(1));
    assertThat(SyntheticImages.of(shape, 40, Seed.of(1)).pixels()).isEqualTo(images.pixels());
    assertThat(SyntheticImages.of(shape, 40, Seed.of(2)).pixels()).isNotEqualTo(images.pixels());
  }
}
