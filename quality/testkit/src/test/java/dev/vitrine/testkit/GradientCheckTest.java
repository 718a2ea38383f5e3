package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.random.Seed;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every derivative rule, by finite differences. */
class GradientCheckTest {
  @TestFactory
  Stream<DynamicTest> everyCase() {
    return CompletenessTest.cases().stream()
        .filter(c -> c.scope() == GraphCase.Scope.DIFFERENCES)
        .map(c ->
            DynamicTest.dynamicTest(
                c.name(), () -> assertThat(GradientCheck.check(c, Seed.of(1))).isPositive()));
  }
}
