package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.web.http.Request;

/** Numbers by which the page calls what it started. */
final class Counted {
  private Counted() {}

  /**
   * The number in a path.
   *
   * @param name what stands in braces in the route's pattern
   */
  static int of(Request request, String name) {
    String number = request.part(name);
    if (!number.matches("[1-9]\\d{0,8}")) {
      throw new UserException("What is asked for has a whole number from 1 in its address");
    }
    return Integer.parseInt(number);
  }
}
