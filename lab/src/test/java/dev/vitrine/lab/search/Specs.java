package dev.vitrine.lab.search;

import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.spec.StudySpec;
import java.util.List;

/** Studies for tests. */
final class Specs {
  private Specs() {}

  static StudySpec of(String yaml) {
    List<String> settings =
        List.of("model", "data", "epochs", "lr", "momentum", "optimizer", "batch", "units");
    return new SpecReader(settings).parse("name: tiny\n" + yaml, "tiny", false);
  }
}
