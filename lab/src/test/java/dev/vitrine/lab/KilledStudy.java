package dev.vitrine.lab;

import java.nio.file.Path;

/** A process that works on a study until it is done, or killed. */
final class KilledStudy {
  private KilledStudy() {}

  public static void main(String[] args) {
    TinyStudies.run(Path.of(args[0]), TinyStudies.YAML, 2);
  }
}
