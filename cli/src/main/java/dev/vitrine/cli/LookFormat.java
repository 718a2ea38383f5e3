package dev.vitrine.cli;

/** The forms that what is seen can be written in. */
enum LookFormat implements WrittenFormat {
  HTML("html"),
  PNG("png");

  private final String ending;

  LookFormat(String ending) {
    this.ending = ending;
  }

  @Override
  public String ending() {
    return ending;
  }
}
