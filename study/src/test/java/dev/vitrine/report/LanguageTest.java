package dev.vitrine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.notation.NetworkFile;
import dev.vitrine.summary.Convention;
import dev.vitrine.summary.NamedSummary;
import dev.vitrine.summary.SummaryPage;
import dev.vitrine.summary.TableText;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages, tables and network files are the same in every language, whoever writes them. */
class LanguageTest {
  private final Locale ordinary = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(ordinary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "fa-IR"})
  void everyLanguageWritesTheSame(String tag) {
    List<String> plain = written(Locale.ROOT);

    assertThat(written(Locale.forLanguageTag(tag))).isEqualTo(plain);
  }

  private static List<String> written(Locale locale) {
    Locale.setDefault(locale);
    List<String> texts = new ArrayList<>();
    texts.add(
        ReportPage.html(
            SampleReport.of(
                SampleReport.labels(2_000), SampleReport.DIGITS, SampleReport::picture)));
    List<NamedSummary> summaries =
        Stream.of("lenet", "resnet18", "googlenet", "alexnet").map(LanguageTest::summary).toList();
    texts.add(SummaryPage.html(summaries, true));
    for (NamedSummary summary : summaries) {
      texts.add(summary.heading() + summary.explanation());
      texts.add(TableText.render(summary.table(), 80));
      texts.add(summary.table().csv() + summary.table().markdown());
      texts.add(NetworkFile.text(Zoo.find(summary.name())));
    }
    return texts;
  }

  private static NamedSummary summary(String name) {
    var network = Zoo.find(name);
    return NamedSummary.of(
        name, network.title(), network.layers(), network.input(), Convention.ORDINARY);
  }
}
