package dev.vitrine.weights.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pickle's stack with its marks, and its memo. */
final class PickleStack {
  /** How many marks may be open for each thing that lies in another: a few. */
  private static final int MARKS = 4;

  private final PickleBytes in;
  private final List<Object> values = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();

  PickleStack(PickleBytes in) {
    this.in = in;
  }

  void push(Object value) {
    values.add(value);
  }

  Object pop() {
    requireOne();
    return values.removeLast();
  }

  Object top() {
    requireOne();
    return values.getLast();
  }

  private void requireOne() {
    if (values.size() <= (marks.isEmpty() ? 0 : marks.getLast())) {
      throw in.fault("the pickle takes something from an empty stack");
    }
  }

  void mark() {
    in.source().enter(marks.size() / MARKS);
    marks.add(values.size());
  }

  boolean isAtMark() {
    return !marks.isEmpty() && marks.getLast() == values.size();
  }

  /** What was pushed since the last mark; the mark is gone. */
  List<Object> popMark() {
    if (marks.isEmpty()) {
      throw in.fault("the pickle goes back to a mark that is not there");
    }
    List<Object> above = values.subList(marks.removeLast(), values.size());
    List<Object> popped = new ArrayList<>(above);
    above.clear();
    return popped;
  }

  void put(long key) {
    memo.put(key, top());
  }

  void memoize() {
    put(memo.size());
  }

  Object get(long key) {
    Object value = memo.get(key);
    if (value == null && !memo.containsKey(key)) {
      throw in.fault("the pickle refers to its value %s, which is not there".formatted(key));
    }
    return value;
  }
}
