package dev.vitrine.web.http;

/** What answers one kind of request. Called from many threads at once. */
@FunctionalInterface
public interface Handler {
  /**
   * {@return the answer}
   *
   * @param request what was asked
   * @throws dev.vitrine.error.UserException for what the asker can mend; it becomes a sentence
   */
  Answer answer(Request request);
}
