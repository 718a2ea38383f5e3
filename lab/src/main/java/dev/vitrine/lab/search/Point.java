package dev.vitrine.lab.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One choice of all settings but the seed.
 *
 * @param arm that it belongs to
 * @param varied the settings that differ between points, the arm's own among them
 * @param settings all of them
 */
public record Point(String arm, Map<String, String> varied, Map<String, String> settings) {
  private static final int DIGITS = 10;

  /** Copies, keeping the order. */
  public Point {
    varied = Collections.unmodifiableMap(new LinkedHashMap<>(varied));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** {@return a name that follows from the settings alone, so that arms that agree share trials} */
  public String id() {
    var text = new StringBuilder();
    new TreeMap<>(settings)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * {@return the training of this point with a seed}
   *
   * @param seed of all its random numbers
   */
  public Trial with(long seed) {
    return new Trial(this, seed);
  }
}
