package dev.vitrine.data;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** The numbers of all examples in one array, one example after the other. */
sealed interface Samples {
  /** How many numbers. */
  int length();

  /** A number of the stretch that equal stretches share. */
  int hash(int from, int count);

  /** Whether two stretches hold the same; those of another kind never do. */
  boolean same(int from, Samples others, int other, int count);

  /** Unsigned bytes. */
  record Bytes(byte[] array) implements Samples {
    @Override
    public int length() {
      return array.length;
    }

    @Override
    public int hash(int from, int count) {
      CRC32C sum = new CRC32C(); // an instruction of the processor's
      sum.update(array, from, count);
      return (int) sum.getValue();
    }

    @Override
    public boolean same(int from, Samples others, int other, int count) {
      return others instanceof Bytes(byte[] theirs)
          && Arrays.equals(array, from, from + count, theirs, other, other + count);
    }
  }

  /** Numbers in single precision. */
  record Floats(float[] array) implements Samples {
    private static final int PRIME = 31;

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public int hash(int from, int count) {
      int hash = 1;
      for (int i = from; i < from + count; i++) {
        hash = PRIME * hash + Float.floatToIntBits(array[i] + 0f); // −0 is 0
      }
      return hash;
    }

    @Override
    public boolean same(int from, Samples others, int other, int count) {
      if (!(others instanceof Floats(float[] theirs))) {
        return false;
      }
      for (int i = 0; i < count; i++) {
        if (array[from + i] != theirs[other + i]) {
          return false;
        }
      }
      return true;
    }
  }
}
