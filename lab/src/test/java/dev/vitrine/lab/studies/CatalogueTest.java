package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.ComputedSpec;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void eachStudyHasItsFile() {
    assertThat(Catalogue.names()).contains("lms", "momentum-limits").doesNotHaveDuplicates();
    for (String name : Catalogue.names()) {
      ComputedSpec whole = Catalogue.spec(name, false);
      ComputedSpec thin = Catalogue.spec(name, true);
      assertThat(whole.name()).isEqualTo(name);
      assertThat(whole.compute()).isEqualTo(name);
      assertThat(whole.question()).endsWith("?");
      assertThat(whole.budget()).isPresent();
      assertThat(thin.values().keySet()).isEqualTo(whole.values().keySet());
      assertThat(thin.values()).isNotEqualTo(whole.values());
    }
  }

  @Test
  void othersAreRefused() {
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
