package dev.vitrine.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a result was computed on. */
public final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Machine() {}

  /**
   * {@return what the machine is, in order of importance: processor, threads, kernels, JVM, system}
   *
   * @param kernels the kernels' name
   * @param threads how many threads computed
   */
  public static Map<String, String> describe(String kernels, int threads) {
    Map<String, String> machine = new LinkedHashMap<>();
    int cores = Runtime.getRuntime().availableProcessors();
    machine.put("processor", "%s, %s cores".formatted(processor(), cores));
    machine.put("threads", String.valueOf(threads));
    machine.put("kernels", kernels);
    machine.put(
        "JVM",
        "%s %s".formatted(System.getProperty("java.vendor"), System.getProperty("java.version")));
    machine.put(
        "system",
        "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")));
    return machine;
  }

  /** The processor's name where Linux tells it, else its architecture. */
  private static String processor() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(CPU_INFO)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException | java.io.UncheckedIOException e) {
      return architecture; // a description of the machine is no reason to lose a result
    }
  }
}
