package dev.vitrine.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files of the page, which lie beside a class. */
final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8");

  private final Class<?> beside;
  private final String folder;
  private final Map<String, Answer> known = new ConcurrentHashMap<>();

  /**
   * @param beside a class of the module that has them
   * @param folder where they lie, as seen from that class, with a slash at its end
   */
  Assets(Class<?> beside, String folder) {
    this.beside = beside;
    this.folder = folder;
  }

  /** The file of a path, if it is one. Only names of plain letters can be: none leads elsewhere. */
  Optional<Answer> find(String path) {
    String name = path.equals("/") ? "index.html" : path.substring(1);
    if (!name.matches("([a-z0-9-]+/)*[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]+")) {
      return Optional.empty();
    }
    return Optional.ofNullable(known.computeIfAbsent(name, this::read));
  }

  private Answer read(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    try (InputStream in = type == null ? null : beside.getResourceAsStream(folder + name)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      // Asked again each time, and sent only if it is another: no page mixes two versions.
      return new Answer(200, type, bytes, Map.of("Cache-Control", "no-cache", "ETag", tag(bytes)));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
