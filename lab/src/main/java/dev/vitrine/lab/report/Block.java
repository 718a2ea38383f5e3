package dev.vitrine.lab.report;

/** A piece of a report. */
public sealed interface Block permits Block.Text, Grid, Figure, Picture {
  /**
   * A paragraph.
   *
   * @param sentences plain text
   */
  record Text(String sentences) implements Block {}
}
