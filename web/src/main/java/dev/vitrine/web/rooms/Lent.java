package dev.vitrine.web.rooms;

import java.util.function.Consumer;
import java.util.function.Function;

/** What several may use at once: it is ended when it is wanted no more and the last has done. */
final class Lent<T> {
  private final T thing;
  private final Consumer<T> end;
  private int users;
  private boolean retired;

  /**
   * @param thing what is used
   * @param end ends it
   */
  Lent(T thing, Consumer<T> end) {
    this.thing = thing;
    this.end = end;
  }

  /** For whom its end does no harm: it may come at any time. */
  T thing() {
    return thing;
  }

  /** Must be called while it is not retired; {@link #use} must follow. */
  synchronized Lent<T> taken() {
    users++;
    return this;
  }

  /** What somebody makes of it who has {@link #taken} it. */
  <R> R use(Function<T, R> how) {
    try {
      return how.apply(thing);
    } finally {
      giveBack();
    }
  }

  private void giveBack() {
    boolean last;
    synchronized (this) {
      last = --users == 0 && retired;
    }
    if (last) {
      end.accept(thing);
    }
  }

  /** Nobody takes it any more. */
  void retire() {
    boolean now;
    synchronized (this) {
      now = !retired && users == 0;
      retired = true;
    }
    if (now) {
      end.accept(thing);
    }
  }
}
