package dev.vitrine.weights;

import java.util.List;

/** Small files with one of everything that readers of pickles know. */
final class SeedFiles {
  private static final String ARRAY =
      "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085U\u0001b\u0087R(K\u0001K\u0002\u0085"
          + "cnumpy\ndtype\nU\u0002f4K\0K\u0001\u0087R(K\u0003U\u0001<NNNNNNtb\u0089U\u0008\0\0\u0080?\0\0\0@tb";

  private SeedFiles() {}

  static List<byte[]> all() {
    return List.of(stream(), pickle(2), module(), npy());
  }

  private static byte[] stream() {
    long[] sizes = {2, 3};
    long[] strides = {1, 2};
    return Pickles.of()
        .raw("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.M\u00e9\u0003.}.")
        .raw("\u0080\u0002}(K\u0001")
        .tensor("FloatStorage", "k", 6, 0, sizes, strides)
        .text("list")
        .raw("]q\u0000(")
        .tensor("LongStorage", "l", 1, 0, new long[0], new long[0])
        .raw("h\u0000cpathlib\nPosixPath\n(X\u0001\0\0\0/tReu.](")
        .text("k")
        .text("l")
        .raw("e.")
        .i8(6)
        .floats(0, 1, 2, 3, 4, 5)
        .i8(1)
        .i8(9)
        .array();
  }

  private static byte[] pickle(int version) {
    return Pickles.of()
        .raw("\u0080" + (char) version + "}(U\u0001w]" + ARRAY + "aS'it\\'s'\nI1\nL12L\n")
        .raw("\u0086F1.5\nG?\u00f8\0\0\0\0\0\0VA\\u0041\nM\u0001\0\u008a\u0002\0\u0001u.")
        .array();
  }

  private static byte[] module() {
    return Pickles.of()
        .raw(
            "\u0080\u0004\u0095\u0010\0\0\0\0\0\0\0\u008c\u0001m\u0094\u008c\u0001N\u0093)\u0081}(")
        .text("_parameters")
        .raw("}(\u008c\u0001w" + ARRAY + "u")
        .text("_buffers")
        .raw("}\u0094")
        .text("_non_persistent_buffers_set")
        .raw("\u008f(\u008c\u0001x\u0090")
        .text("_modules")
        .raw("ccollections\nOrderedDict\n)R(\u008c\u0001ah\u0000uub.")
        .array();
  }

  private static byte[] npy() {
    String header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2L, 2), }\n";
    return Pickles.of()
        .raw("\u0093NUMPY\u0001\0" + (char) header.length() + "\0" + header)
        .floats(1, 2, 3, 4)
        .array();
  }
}
