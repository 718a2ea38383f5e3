package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.optim.Adam;
import dev.vitrine.plan.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run's files are the same in every language, in a program that sets none too. */
class RunLanguageTest {
  private final Locale ordinary = Locale.getDefault();

  @TempDir private Path box;

  @AfterEach
  void restore() {
    Locale.setDefault(ordinary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "fa-IR"})
  void everyLanguageWritesTheSame(String tag) throws IOException {
    List<String> plain = written(Locale.ROOT, box.resolve("plain"));

    assertThat(written(Locale.forLanguageTag(tag), box.resolve("other"))).isEqualTo(plain);
  }

  private static List<String> written(Locale locale, Path folder) throws IOException {
    Locale.setDefault(locale);
    try (Compute compute = Compute.of(1)) {
      RunConfig config = TinyRuns.config(Adam.of(0.00125));
      Run run = Run.start(folder, config, RunImages.prepare(config, TinyRuns.splits()), compute);
      assertThat(TinyRuns.train(run, Long.MAX_VALUE)).isTrue();
      run.finish(Duration.ofMillis(1_234_567));
    }
    List<String> texts = new ArrayList<>();
    for (String file : List.of("config.json", "metrics.jsonl", "result.json")) {
      texts.add(timeless(Files.readString(folder.resolve(file)).replace(folder.toString(), "RUN")));
    }
    return texts;
  }

  /** Without what the clock says. */
  private static String timeless(String text) {
    return text.replaceAll("\"(seconds|images_per_second)\" ?: ?[-+.0-9E]+", "$1");
  }
}
