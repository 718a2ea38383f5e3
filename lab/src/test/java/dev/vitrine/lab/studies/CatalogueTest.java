package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.search.Points;
import dev.vitrine.lab.spec.ComputedSpec;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.settings.TrainSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void eachStudyHasItsFile() {
    assertThat(Catalogue.names())
        .as("those that the documents ask for")
        .contains(
            "optimizers",
            "batchnorm",
            "learning-rate",
            "hidden-units",
            "depth",
            "dropout",
            "cnn",
            "cifar10",
            "activation",
            "initialization",
            "linear-depth",
            "weight-decay",
            "momentum-limits",
            "learned-rate",
            "vanishing-gradient",
            "lms",
            "lenet-course",
            "optimal-capacity")
        .doesNotHaveDuplicates();
    for (String name : Catalogue.computed()) {
      ComputedSpec whole = computed(name, false);
      ComputedSpec thin = computed(name, true);
      assertThat(whole.name()).isEqualTo(name);
      assertThat(whole.compute()).isEqualTo(name);
      assertThat(whole.question()).endsWith("?");
      assertThat(whole.budget()).isPresent();
      assertThat(thin.values().keySet()).isEqualTo(whole.values().keySet());
      assertThat(thin.values()).isNotEqualTo(whole.values());
    }
  }

  private static ComputedSpec computed(String name, boolean quick) {
    return ComputedSpec.parse(Catalogue.text(name), name, quick).orElseThrow();
  }

  @Test
  void eachSweepCanBePlannedInBothVersions() {
    SpecReader reader = new SpecReader(TrainSettings.names());
    for (String name : Catalogue.names()) {
      if (Catalogue.computed().contains(name)) {
        continue;
      }
      StudySpec whole = reader.parse(Catalogue.text(name), name, false);
      StudySpec thin = reader.parse(Catalogue.text(name), name, true);
      assertThat(whole.name()).isEqualTo(name);
      assertThat(whole.limits().study()).isPresent();
      assertThat(thin.settings()).containsEntry("data", "digits");
      assertThat(Points.of(whole)).isNotEmpty();
      assertThat(Points.of(thin).size()).isLessThanOrEqualTo(Points.of(whole).size());
      assertThat(arms(whole)).as(name).containsAll(Reported.of(name).keySet());
      for (Point point : Points.of(whole)) {
        TrainConfig.of("", GivenSettings.of(point.settings()));
      }
    }
  }

  private static List<String> arms(StudySpec spec) {
    return Points.of(spec).stream().map(Point::arm).distinct().toList();
  }

  @Test
  void othersAreRefused() {
    assertThatThrownBy(() -> Catalogue.text("optimisers"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("did you mean \"optimizers\"?");
    assertThatThrownBy(() -> Catalogue.computed("lmz"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lmz")
        .hasMessageContaining("lms");
    assertThatThrownBy(() -> ComputedSpec.parse("name: a\ncompute: lms\nvalue: 1\n", "x", false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("x, line 3, column 1")
        .hasMessageContaining("\"value\"");
    assertThat(ComputedSpec.parse("name: a\nvary: 1\n", "x", false)).isEmpty();
  }
}
