package dev.vitrine.report;

import dev.vitrine.random.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a result comes from: all that is needed to get it again.
 *
 * @param command the command line, as typed
 * @param seed the seed of all random numbers
 * @param parametersHash the hash of the trained parameters
 * @param machine what it ran on, in order of importance: processor, cores, JVM, kernels, vectors
 * @param versions what was run, by name
 * @param data what tells the data from others: check sums by the names of the files
 * @param finished when the run ended
 * @param duration how long it took
 * @param imagesPerSecond mean training throughput; 0 if nothing was trained
 */
public record Provenance(
    String command,
    Seed seed,
    String parametersHash,
    Map<String, String> machine,
    Map<String, String> versions,
    Map<String, String> data,
    Instant finished,
    Duration duration,
    double imagesPerSecond) {
  /** Copies the maps; their order stays. */
  public Provenance {
    machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }
}
