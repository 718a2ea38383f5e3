package dev.vitrine.web.rooms;

import dev.vitrine.web.http.Routes;

/** A part of the page that is one subject. */
public interface Room {
  /**
   * Adds what it answers.
   *
   * @param routes where to
   */
  void open(Routes routes);
}
