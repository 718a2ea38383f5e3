package dev.vitrine.web.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import dev.vitrine.web.BesideThePage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several requests use at once is not ended under anybody's hands. */
class HeldRunsTest {
  @TempDir private Path folder;

  @Test
  void whatIsUsedIsDroppedAfterwards() {
    try (Compute compute = Compute.of(1)) {
      BesideThePage.train(BesideThePage.BRIEF, folder.resolve("one"), compute);
      BesideThePage.train(BesideThePage.BRIEF, folder.resolve("two"), compute);
    }
    List<StringBuilder> dropped = new ArrayList<>();
    HeldRuns<StringBuilder> runs =
        new HeldRuns<>(List.of(folder), 1, _ -> new StringBuilder(), dropped::add);
    StringBuilder first =
        runs.with(
            "one",
            one -> {
              assertThat(runs.<StringBuilder>with("two", two -> two)).isNotSameAs(one);
              assertThat(dropped).as("used still").isEmpty();
              return one;
            });
    assertThat(dropped).singleElement().isSameAs(first);
    StringBuilder second = runs.with("two", two -> two);
    assertThat(runs.<StringBuilder>with("two", two -> two)).isSameAs(second);
    assertThatExceptionOfType(UserException.class).isThrownBy(() -> runs.with("two", _ -> wrong()));
    assertThat(dropped).hasSize(1);
    runs.with(
        "two",
        _ -> {
          runs.close();
          assertThat(dropped).hasSize(1);
          return 0;
        });
    assertThat(dropped).hasSize(2).last().isSameAs(second);
    runs.close();
    assertThat(dropped).hasSize(2);
  }

  private static int wrong() {
    throw new UserException("wrong");
  }
}
