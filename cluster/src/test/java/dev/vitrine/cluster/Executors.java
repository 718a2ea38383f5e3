package dev.vitrine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The executors of a local cluster, which are processes of this one's. */
final class Executors {
  private Executors() {}

  /** Nothing else of this process's children is Java. */
  private static ProcessHandle one() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow();
  }

  /** Kills one as a machine dies. */
  static void killOne() {
    ProcessHandle executor = one();
    executor.destroyForcibly();
    executor.onExit().join();
  }

  /** Has one stand still from now on, for a while. */
  static void holdOne(Duration time) {
    holdOne(time, "-CONT");
  }

  /** Has one stand still, so that it is surely in the step that comes, and kills it there. */
  static void killOneWithin() {
    holdOne(Duration.ofMillis(500), "-KILL");
  }

  private static void holdOne(Duration time, String then) {
    long pid = one().pid();
    signal("-STOP", pid);
    Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(time);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            signal(then, pid);
          }
        });
  }

  private static void signal(String which, long pid) {
    try {
      assertThat(new ProcessBuilder("kill", which, Long.toString(pid)).start().waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * A context whose tasks Spark starts a second time as soon as they take long, and which sends
   * what it sends by Kryo.
   */
  static JavaSparkContext speculating(String master) {
    return with(
        master,
        Map.of(
            "spark.serializer", "org.apache.spark.serializer.KryoSerializer",
            "spark.speculation", "true",
            "spark.speculation.interval", "50ms",
            "spark.speculation.minTaskRuntime", "50ms",
            "spark.speculation.task.duration.threshold", "300ms"));
  }

  /** A context that was told more. */
  static JavaSparkContext with(String master, Map<String, String> said) {
    said.forEach(System::setProperty);
    try {
      return SparkMaster.connect(master);
    } finally {
      said.keySet().forEach(System::clearProperty);
    }
  }
}
