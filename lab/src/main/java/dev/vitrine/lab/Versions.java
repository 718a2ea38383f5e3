package dev.vitrine.lab;

/** Which version this is. */
final class Versions {
  private Versions() {}

  static String own() {
    var descriptor = Versions.class.getModule().getDescriptor();
    return descriptor == null ? "unreleased" : descriptor.rawVersion().orElse("unreleased");
  }
}
