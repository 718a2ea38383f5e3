package dev.vitrine.web.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which handler answers which address: patterns such as {@code /api/runs/{run}/curves}. */
public final class Routes {
  /** A handler, and what stood for the names in its pattern. */
  record Match(Handler handler, Map<String, String> parts) {}

  private record Route(String method, List<String> pattern, Handler handler) {
    /** What stands for the names in the pattern, if the path is of its kind. */
    Optional<Map<String, String>> parts(List<String> path) {
      if (path.size() != pattern.size()) {
        return Optional.empty();
      }
      Map<String, String> parts = new LinkedHashMap<>();
      for (int i = 0; i < path.size(); i++) {
        String expected = pattern.get(i);
        if (expected.startsWith("{")) {
          parts.put(expected.substring(1, expected.length() - 1), decoded(path.get(i)));
        } else if (!expected.equals(path.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(parts);
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /** None yet. */
  public Routes() {}

  /**
   * Answers what only looks, and changes nothing.
   *
   * @param pattern the address, with names in braces for parts of it
   * @param handler what answers
   * @return this
   */
  public Routes get(String pattern, Handler handler) {
    return add("GET", pattern, handler);
  }

  /**
   * Answers what changes something, or brings something along.
   *
   * @param pattern the address, with names in braces for parts of it
   * @param handler what answers
   * @return this
   */
  public Routes post(String pattern, Handler handler) {
    return add("POST", pattern, handler);
  }

  private Routes add(String method, String pattern, Handler handler) {
    routes.add(new Route(method, List.of(pattern.split("/")), handler));
    return this;
  }

  /** Which handler answers, if one does. */
  Optional<Match> match(String method, String rawPath) {
    List<String> path = List.of(rawPath.split("/"));
    return routes.stream()
        .filter(route -> route.method.equals(method))
        .flatMap(route -> route.parts(path).map(p -> new Match(route.handler, p)).stream())
        .findFirst();
  }

  /** Whether another method would be answered here. */
  boolean knows(String rawPath) {
    List<String> path = List.of(rawPath.split("/"));
    return routes.stream().anyMatch(route -> route.parts(path).isPresent());
  }

  /** The values of a query; of a name that stands twice, the last. */
  static Map<String, String> query(String raw) {
    Map<String, String> values = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        values.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
