package dev.vitrine.web.http;

import java.io.Serial;

/** A request that is answered with a status of HTTP that says more than that it cannot be. */
final class Refusal extends RuntimeException {
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int WRONG_METHOD = 405;
  static final int TOO_LARGE = 413;
  static final int WRONG_TYPE = 415;

  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  Answer answer() {
    return Answer.fault(status, getMessage());
  }
}
