package dev.vitrine.bench;

import dev.vitrine.error.UserException;
import dev.vitrine.workload.Workload;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How long Vitrine's process takes to its first steps: without an archive, with a class archive
 * (CDS) and with an AOT cache, by turns.
 */
final class StartRace {
  private static final Path TARGET = Path.of("quality", "bench", "target");

  private final Workload workload;
  private final int threads;
  private final List<String> flags;
  private final Path data;
  private final Path folder = TARGET.resolve("start");
  private final String classPath;

  StartRace(Workload workload, int threads, List<String> flags, Path data) {
    this.workload = workload;
    this.threads = threads;
    this.flags = flags;
    this.data = data;
    classPath = jars();
  }

  /** An archive knows jars, not folders, and wants them in the same order. */
  private static String jars() {
    List<String> jars = new ArrayList<>();
    for (Path folder : List.of(TARGET, TARGET.resolve("lib"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.map(Path::toString).filter(f -> f.endsWith(".jar")).sorted().forEach(jars::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  /** For each variant, the medians of {@link StartRun}'s numbers. */
  Map<String, List<Long>> run(int runs, Consumer<String> progress) {
    Map<String, List<String>> variants = new LinkedHashMap<>();
    variants.put("plain", List.of());
    variants.put("class archive", List.of("-XX:SharedArchiveFile=" + classArchive()));
    variants.put("AOT cache", List.of("-XX:AOTCache=" + aotCache(), "-Xlog:aot*=off"));
    Map<String, long[][]> times = new LinkedHashMap<>();
    variants.keySet().forEach(name -> times.put(name, new long[runs][]));
    for (int run = 0; run < runs; run++) {
      for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
        long[] marks = marks(process(variant.getValue()));
        times.get(variant.getKey())[run] = marks;
        progress.accept("%s: %s ms".formatted(variant.getKey(), Arrays.toString(marks)));
      }
    }
    Map<String, List<Long>> medians = new LinkedHashMap<>();
    times.forEach((name, all) -> medians.put(name, medians(all)));
    return medians;
  }

  private static List<Long> medians(long[][] times) {
    List<Long> medians = new ArrayList<>();
    for (int i = 0; i < times[0].length; i++) {
      int mark = i;
      long[] sorted = Arrays.stream(times).mapToLong(marks -> marks[mark]).sorted().toArray();
      medians.add(sorted[sorted.length / 2]);
    }
    return medians;
  }

  private Path classArchive() {
    Path loaded = folder.resolve("classes.loaded");
    Path list = folder.resolve("classes.list");
    Path archive = folder.resolve("classes.jsa");
    process(List.of("-XX:DumpLoadedClassList=" + loaded));
    try {
      List<String> lines = Files.readAllLines(loaded);
      Files.write(list, lines.stream().filter(line -> !line.startsWith("@cp")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process(
        List.of(
            "-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + archive));
    return archive;
  }

  private Path aotCache() {
    Path cache = folder.resolve("classes.aot");
    process(List.of("-XX:AOTCacheOutput=" + cache));
    return cache;
  }

  private static long[] marks(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(Requests.ANSWER))
        .map(line -> line.substring(Requests.ANSWER.length()))
        .flatMap(line -> Arrays.stream(line.split(" ", -1)))
        .mapToLong(Long::parseLong)
        .toArray();
  }

  /** Runs a {@link StartRun}; returns what it printed. */
  private List<String> process(List<String> more) {
    Path log = folder.resolve("process.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Peer.VITRINE.flags());
    command.addAll(flags);
    command.addAll(more);
    command.addAll(List.of("-cp", classPath, StartRun.class.getName()));
    try {
      Files.createDirectories(folder);
      command.addAll(
          List.of(
              Long.toString(System.currentTimeMillis()),
              workload.id(),
              Integer.toString(threads),
              data.toString()));
      Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
      List<String> lines = process.inputReader().lines().toList();
      if (process.waitFor() != 0) {
        throw new UserException("The measured process failed; see " + log);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
