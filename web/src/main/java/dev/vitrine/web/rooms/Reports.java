package dev.vitrine.web.rooms;

import dev.vitrine.web.http.Answer;
import java.nio.charset.StandardCharsets;

/** Pages that stand for themselves, shown apart: in a sandbox, without anything from elsewhere. */
final class Reports {
  private static final String POLICY =
      "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src"
          + " 'unsafe-inline'; img-src data:";

  private Reports() {}

  static Answer of(byte[] html) {
    return Answer.of("text/html; charset=utf-8", html).with("Content-Security-Policy", POLICY);
  }

  static Answer of(String html) {
    return of(html.getBytes(StandardCharsets.UTF_8));
  }
}
