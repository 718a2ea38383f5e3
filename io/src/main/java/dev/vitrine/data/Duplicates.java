package dev.vitrine.data;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which examples of a data set are exact copies of one another, whatever their targets are: a
 * network that has seen one knows them all, so a split leaves them on one side.
 */
final class Duplicates {
  /** For each example the next copy of it, or −1. */
  private final int[] next;

  /** For each example whether it is the first of its copies. */
  private final int[] first;

  private Duplicates(int[] next, int[] first) {
    this.next = next;
    this.first = first;
  }

  /** Looks at every example once, in their order. */
  static Duplicates of(Dataset data) {
    int size = data.size();
    int[] next = new int[size];
    int[] first = new int[size];
    int[] last = new int[size];
    int[] sameBucket = new int[size];
    int[] buckets = new int[Integer.highestOneBit(Math.max(1, size)) * 2];
    Arrays.fill(next, -1);
    Arrays.fill(buckets, -1);
    for (int i = 0; i < size; i++) {
      int bucket = bucket(data.hash(i), buckets);
      int found = buckets[bucket];
      while (found >= 0 && !data.same(found, i)) {
        found = sameBucket[found];
      }
      if (found < 0) {
        sameBucket[i] = buckets[bucket];
        buckets[bucket] = i;
        first[i] = i;
      } else {
        next[last[found]] = i;
        first[i] = found;
        last[found] = i;
      }
      last[first[i]] = i;
    }
    return new Duplicates(next, first);
  }

  /** Which examples are copies of one of the others. */
  static BitSet between(Dataset data, Dataset others) {
    int[] sameBucket = new int[others.size()];
    int[] buckets = new int[Integer.highestOneBit(others.size()) * 2];
    Arrays.fill(buckets, -1);
    for (int i = 0; i < others.size(); i++) {
      int bucket = bucket(others.hash(i), buckets);
      sameBucket[i] = buckets[bucket];
      buckets[bucket] = i;
    }
    BitSet copies = new BitSet(data.size());
    for (int i = 0; i < data.size(); i++) {
      int found = buckets[bucket(data.hash(i), buckets)];
      while (found >= 0 && !data.same(i, others, found)) {
        found = sameBucket[found];
      }
      copies.set(i, found >= 0);
    }
    return copies;
  }

  private static int bucket(int hash, int[] buckets) {
    return (hash ^ (hash >>> 16)) & (buckets.length - 1);
  }

  /** The first of an example's copies: it stands for all of them. */
  int first(int example) {
    return first[example];
  }

  /** The copy after this one, or −1. */
  int next(int example) {
    return next[example];
  }

  /** How many copies there are of the example that is the first of them, itself counted. */
  int count(int ofFirst) {
    int count = 0;
    for (int i = ofFirst; i >= 0; i = next[i]) {
      count++;
    }
    return count;
  }
}
