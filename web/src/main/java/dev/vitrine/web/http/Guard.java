package dev.vitrine.web.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may ask. A page of another site, open in the same browser, can send requests to this machine;
 * so the name that it was reached by must be its own (a stranger's name may be made to point here),
 * a request that changes something must come from this page, and one from beyond this machine needs
 * the token that was printed where the server was started.
 */
final class Guard {
  /** The cookie that holds the token. */
  static final String COOKIE = "vitrine-token";

  private final Set<String> hosts = new HashSet<>();
  private final boolean anyHost;
  private final Optional<String> token;

  /**
   * @param host the address listened at
   * @param names further names that the page is reached by, such as a proxy's
   * @param token what a request must know; without one the names alone decide
   */
  Guard(String host, List<String> names, Optional<String> token) {
    // At whichever port: the other end of a tunnel may have another one.
    hosts.addAll(List.of("127.0.0.1", "localhost", "[::1]"));
    hosts.add(host.contains(":") ? "[" + host + "]" : host.toLowerCase(Locale.ROOT));
    names.forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
    this.anyHost = token.isPresent() && names.isEmpty();
    this.token = token;
  }

  /** Refuses what must not be answered. */
  void check(HttpExchange exchange, Optional<String> tokenAsked) {
    Headers headers = exchange.getRequestHeaders();
    String host = String.valueOf(headers.getFirst("Host")).toLowerCase(Locale.ROOT);
    if (!anyHost && !hosts.contains(host) && !hosts.contains(withoutPort(host))) {
      throw new Refusal(
          Refusal.FORBIDDEN,
          "This page is not known by the name in the address; open the address that the terminal"
              + " shows, or tell it that name when it is started");
    }
    if (!isOwn(headers, host)) {
      throw new Refusal(Refusal.FORBIDDEN, "Another site's page may not ask this one");
    }
    if (token.isPresent()
        && Stream.concat(tokenAsked.stream(), cookies(headers)).noneMatch(this::isToken)) {
      throw new Refusal(
          Refusal.FORBIDDEN, "Open the address with the token that the terminal shows");
    }
  }

  /** Whether the token in an address is to become a cookie. */
  boolean isToken(String given) {
    return token.isPresent()
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), token.get().getBytes(StandardCharsets.UTF_8));
  }

  /** A browser says where a request comes from; a program that does not is on nobody's page. */
  private static boolean isOwn(Headers headers, String host) {
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.toLowerCase(Locale.ROOT).matches("https?://.*")) {
      return false;
    }
    if (origin != null && !origin.substring(origin.indexOf("//") + 2).equalsIgnoreCase(host)) {
      return false;
    }
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean opened = "navigate".equals(headers.getFirst("Sec-Fetch-Mode"));
    return site == null || site.equals("same-origin") || site.equals("none") || opened;
  }

  private static Stream<String> cookies(Headers headers) {
    return headers.getOrDefault("Cookie", List.of()).stream()
        .flatMap(line -> Stream.of(line.split(";")))
        .map(String::strip)
        .filter(pair -> pair.startsWith(COOKIE + "="))
        .map(pair -> pair.substring(COOKIE.length() + 1));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
