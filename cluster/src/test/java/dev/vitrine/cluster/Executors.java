package dev.vitrine.cluster;

/** The executors of a local cluster, which are processes of this one's. */
final class Executors {
  private Executors() {}

  /** Kills one as a machine dies: nothing else of this process's children is Java. */
  static void killOne() {
    ProcessHandle executor =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().command().orElse("").endsWith("java"))
            .findFirst()
            .orElseThrow();
    executor.destroyForcibly();
    executor.onExit().join();
  }
}
