package dev.vitrine.plan;

import java.util.Arrays;

/** Which places of a batch were given an example. */
final class Given {
  private final long[] words;

  Given(int places) {
    words = new long[(places + Long.SIZE - 1) / Long.SIZE];
  }

  void add(int place) {
    words[place / Long.SIZE] |= 1L << place;
  }

  /** The places below {@code count}. */
  void addAll(int count) {
    Arrays.fill(words, 0, count / Long.SIZE, -1L);
    if (count % Long.SIZE != 0) {
      words[count / Long.SIZE] |= (1L << count) - 1;
    }
  }

  void clear() {
    Arrays.fill(words, 0);
  }

  boolean isEmpty() {
    return firstMissing() == 0 && Arrays.stream(words).allMatch(word -> word == 0);
  }

  /** The first place that was not given. */
  int firstMissing() {
    int word = 0;
    while (word < words.length && words[word] == -1L) {
      word++;
    }
    return word * Long.SIZE + (word == words.length ? 0 : Long.numberOfTrailingZeros(~words[word]));
  }
}
