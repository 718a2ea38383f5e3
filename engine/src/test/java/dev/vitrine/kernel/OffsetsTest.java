package dev.vitrine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetsTest {
  @Test
  void aStepIsThatOfAllFromZero() {
    assertThat(Offsets.of(0, 16, 32).step()).isEqualTo(16);
    assertThat(Offsets.of(0, -3, -6, -9).step()).isEqualTo(-3);
    assertThat(Offsets.of(0, 16, 32, 64).step()).isZero();
    assertThat(Offsets.of(0, 0, 0).step()).isZero();
    assertThat(Offsets.of().step()).isZero();
    assertThat(Offsets.of(0).step()).isZero();
  }

  /** Positions of a tap that lies outside the image for the first of them. */
  @Test
  void whatBeginsElsewhereHasNone() {
    assertThat(Offsets.of(16, 32, 48).step()).isZero();
  }
}
