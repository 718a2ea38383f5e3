package dev.vitrine.weights.matlab;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Small files of MATLAB and Octave with a thing of each kind. */
public final class MadeMatlab {
  private MadeMatlab() {}

  /** {@return all of them} */
  public static List<byte[]> all() {
    var all = new ArrayList<byte[]>();
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      MatBytes m = new MatBytes(order);
      byte[][] things = things(m);
      all.add(m.file(things));
      byte[][] packed = new byte[things.length][];
      for (int i = 0; i < packed.length; i++) {
        packed[i] = m.compressed(things[i]);
      }
      all.add(m.file(packed));
      all.add(old(m, order == ByteOrder.BIG_ENDIAN ? 1000 : 0));
    }
    all.add(OctaveTextTest.NUMBERS.getBytes(StandardCharsets.UTF_8));
    all.add(OctaveTextTest.THINGS.getBytes(StandardCharsets.UTF_8));
    return all;
  }

  private static byte[][] things(MatBytes m) {
    byte[] one = m.matrix("", 6, new int[] {1, 1}, m.element(9, m.doubles(1)));
    byte[] text = m.matrix("", 4, new int[] {1, 4}, m.element(4, m.shorts('r', 'e', 'l', 'u')));
    byte[] names = m.element(1, "type\0\0\0\0w\0\0\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
    byte[] struct = m.matrix("", 2, new int[] {1, 1}, m.small(5, m.ints(8)), names, text, one);
    return new byte[][] {
      m.matrix("d", 6, new int[] {2, 2}, m.element(9, m.doubles(1, 3, 2, 4))),
      m.matrix("narrow", 7, new int[] {1, 2}, m.small(3, m.shorts(-5, 300))),
      m.matrix("c", 1, new int[] {1, 2}, struct, one),
      m.matrix(
          "z", 6 | 0x800, new int[] {1, 1}, m.element(9, m.doubles(1)), m.element(9, m.doubles(2))),
      m.matrix(
          "s",
          5,
          new int[] {2, 3},
          m.element(5, m.ints(1, 0)),
          m.element(5, m.ints(0, 1, 1, 2)),
          m.element(9, m.doubles(5, 6)))
    };
  }

  private static byte[] old(MatBytes m, int machine) {
    return MatBytes.joined(
        m.old(machine, 2, 2, 0, "d", m.doubles(1, 3, 2, 4)),
        m.old(machine + 1, 2, 2, 0, "t", m.doubles('a', 'c', 'b', 'd')),
        m.old(machine + 2, 3, 3, 0, "s", m.doubles(1, 2, 2, 3, 1, 3, 5, 6, 0)),
        m.old(machine + 50, 1, 2, 0, "b", new byte[] {-1, 1}));
  }
}
