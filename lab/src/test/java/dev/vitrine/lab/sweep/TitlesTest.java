package dev.vitrine.lab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitlesTest {
  @ParameterizedTest
  @CsvSource({
    "cifar10, CIFAR-10",
    "mnist-rates, MNIST rates",
    "cnn, CNN",
    "lenet-course, LeNet course",
    "hidden-units, Hidden units",
    "fashion, Fashion-MNIST",
    "a, A",
    "My.study_2, My.study_2",
  })
  void namesKeepTheirCapitals(String name, String title) {
    assertThat(Titles.of(name)).isEqualTo(title);
  }
}
