package dev.vitrine.weights.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.weights.Pickles;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumpyFilesTest {
  @TempDir Path folder;

  private static Pickles npy(int version, String header) {
    byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
    var file = Pickles.of().raw("\u0093NUMPY" + (char) version + "\0");
    if (version == 1) {
      file.raw("" + (char) (bytes.length & 0xff) + (char) (bytes.length >> 8));
    } else {
      file.u4(bytes.length);
    }
    return file.bytes(bytes);
  }

  private static Pickles npy(String descr, boolean columns, String shape) {
    return npy(
        1,
        "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n"
            .formatted(descr, columns ? "True" : "False", shape));
  }

  private Weights read(Pickles file) {
    return Weights.read(file.to(folder.resolve("x")));
  }

  private StoredTensor only(Pickles file) {
    return read(file).tensors().get("arr_0");
  }

  @Test
  void rowsAndColumnsAndOldHeaders() {
    assertThat(only(npy("'<f4'", false, "(2, 2)").floats(1, 2, 3, 4)).floats())
        .containsExactly(1, 2, 3, 4);
    assertThat(only(npy("'<f4'", true, "(2L, 2L)").floats(1, 2, 3, 4)).floats())
        .containsExactly(1, 3, 2, 4);
    assertThat(only(npy("'<f4'", false, "()").floats(9)).dims()).isEmpty();
    assertThat(only(npy("'<f4'", false, "(0, 3)")).floats()).isEmpty();
    for (int version = 2; version <= 3; version++) {
      Pickles file =
          npy(version, "{\"descr\":\"<f4\",\"fortran_order\":False,\"shape\":(1,)}").floats(5);
      assertThat(only(file).floats()).containsExactly(5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'>f4', 3fc00000, 1.5",
    "'<f2', 003e, 1.5",
    "'<f8', 000000000000f83f, 1.5",
    "'>f8', 3ff8000000000000, 1.5",
    "'|b1', 01, 1",
    "'?', 01, 1",
    "'|i1', ff, -1",
    "'|u1', ff, 255",
    "'<i2', feff, -2",
    "'>u2', ff00, 65280",
    "'>i4', fffffffe, -2",
    "'<u4', ffffffff, 4294967295",
    "'>i8', fffffffffffffffe, -2",
    "'<u8', 0000000000000080, 9223372036854775808",
  })
  void everyType(String descr, String hex, double value) {
    Pickles file = npy("'" + descr + "'", false, "(1,)").bytes(HexFormat.of().parseHex(hex));
    assertThat(only(file).doubles()).containsExactly(value);
  }

  @Test
  void whatIsNoNumberIsNamed() {
    assertThat(read(npy("'<c8'", false, "(1,)").i8(0)).all())
        .containsExactly(
            new Weights.Found(
                "arr_0",
                new Stored.Unread(
                    "tensor of complex numbers (<c8)", "no type of Vitrine's is like them")));
    assertThat(
            read(npy("[('a', '<f4'), ('b', '<i4', (2,))]", false, "(1,)").i8(0))
                .all()
                .getFirst()
                .what())
        .isEqualTo(
            new Stored.Unread(
                "tensor of records, as its type says", "no type of Vitrine's is like them"));
    assertThat(read(npy("'<U3'", false, "()").i8(0)).all().getFirst().what())
        .isInstanceOf(Stored.Unread.class);
  }

  /** {@code {conv1: [W, b]}} as Python 2 pickles it, W by columns. */
  private static Pickles toronto() {
    return npy("'O'", false, "()")
        .raw(
            "\u0080\u0002cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085U\u0001b\u0087R")
        .raw("(K\u0001)cnumpy\ndtype\nU\u0002O8K\0K\u0001\u0087R(K\u0003U\u0001|NNNJ")
        .u4(-1)
        .raw("J")
        .u4(-1)
        .raw("K?tb\u0089]}U\u0005conv1]")
        .raw("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085U\u0001b\u0087R")
        .raw(
            "(K\u0001K\u0002K\u0002\u0086cnumpy\ndtype\nU\u0002f4K\0K\u0001\u0087R(K\u0003U\u0001<NNNJ")
        .u4(-1)
        .raw("J")
        .u4(-1)
        .raw("K\0tb\u0088T")
        .u4(16)
        .floats(1, 2, 3, 4)
        .raw("tba")
        .raw(
            "cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\nU\u0002i8K\0K\u0001\u0087R(K\u0003U\u0001<NNNNNNtbU\u0008")
        .i8(-5)
        .raw("\u0086Rasatb.");
  }

  @Test
  void aDictionaryOfListsOfArraysIsRead() {
    Weights read = read(toronto());
    assertThat(read.tensors().keySet()).containsExactly("conv1.0");
    assertThat(read.tensors().get("conv1.0").floats()).containsExactly(1, 3, 2, 4);
    assertThat(read.all()).contains(new Weights.Found("conv1.1", new Stored.Note("-5")));
  }

  @Test
  void arraysOfPython3InABarePickle() {
    Pickles file =
        Pickles.of()
            .raw("\u0080\u0002}")
            .text("w")
            .global("numpy._core.multiarray", "_reconstruct")
            .raw("cnumpy\nndarray\nK\0\u0085")
            .global("_codecs", "encode")
            .text("b")
            .text("latin1")
            .raw("\u0086R\u0087R(K\u0001K\u0001\u0085")
            .global("numpy", "dtype")
            .text("f4")
            .raw("\u0089\u0088\u0087R(K\u0003")
            .text(">")
            .raw("NNNNNNtb\u0089")
            .global("_codecs", "encode")
            .text("?\u00c0\0\0")
            .text("latin1")
            .raw("\u0086Rtbs")
            .text("new")
            .global("numpy._core.numeric", "_frombuffer")
            .raw("(\u0096")
            .i8(8)
            .floats(7, 8)
            .global("numpy", "dtype")
            .text("f4")
            .raw("\u0089\u0088\u0087R(K\u0003")
            .text("<")
            .raw("NNNNNNtbK\u0002K\u0001\u0086")
            .text("F")
            .raw("tRs.");
    Weights read = read(file);
    assertThat(read.format()).isEqualTo("pickle");
    assertThat(read.tensors().get("w").floats()).containsExactly(1.5f);
    assertThat(read.tensors().get("new").dims()).containsExactly(2L, 1L);
    assertThat(read.tensors().get("new").floats()).containsExactly(7, 8);
  }

  private Path zip(boolean packed, List<String> names, List<byte[]> contents) throws IOException {
    Path file = folder.resolve("x.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(packed ? 9 : 0);
      for (int i = 0; i < names.size(); i++) {
        zip.putNextEntry(new ZipEntry(names.get(i)));
        zip.write(contents.get(i));
        zip.closeEntry();
      }
    }
    return file;
  }

  @Test
  void archivesArePackedOrNot() throws IOException {
    byte[] array = npy("'<f4'", false, "(3,)").floats(1, 2, 3).array();
    for (boolean packed : new boolean[] {true, false}) {
      Weights read =
          Weights.read(
              zip(
                  packed,
                  List.of("w.npy", "readme.txt", "folder/b.npy"),
                  List.of(array, new byte[] {1}, array)));
      assertThat(read.tensors().keySet()).containsExactly("w", "folder/b");
      assertThat(read.tensors().get("w").floats()).containsExactly(1, 2, 3);
      assertThat(read.all())
          .contains(new Weights.Found("readme.txt", new Stored.Unread("entry", "it is no .npy")));
    }
  }

  @Test
  void damagedArchivesAreToldSo() throws IOException {
    byte[] array = npy("'<f4'", false, "(3,)").floats(1, 2, 3).array();
    Path file = zip(true, List.of("w.npy", "v.npy"), List.of(array, array));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 30));
    assertRefused(file, "the zip archive has no end: the file is cut short");
    byte[] twins =
        new String(whole, StandardCharsets.ISO_8859_1)
            .replace("v.npy", "w.npy")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, twins);
    assertRefused(file, "the zip archive has two entries called \"w.npy\"");
    whole[45] ^= 0x55;
    Files.write(file, whole);
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("entry \"w.npy\" ");
    assertRefused(
        zip(true, List.of("a.txt"), List.of(new byte[3])),
        "a zip archive without weights: it holds neither .npy nor data.pkl");
  }

  /** A hundred megabytes of zeros in a hundred thousand bytes. */
  @Test
  void aBombIsRefused() throws IOException {
    Path file = zip(true, List.of("w.npy"), List.of(new byte[100 << 20]));
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Entry \"w.npy\" would take 104857600 bytes, too many for a file of");
  }

  private static void assertRefused(Path file, String fault) {
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage("%s: %s", file, fault);
  }

  @Test
  void headersThatLieAreRefused() {
    assertThatThrownBy(() -> read(npy("'<f4'", false, "(3,)").floats(1, 2)))
        .hasMessageEndingWith("x: A tensor of F32 [3] needs 12 bytes, but there are 8");
    assertThatThrownBy(() -> read(npy("'<f4'", false, "(3")))
        .hasMessageEndingWith("x: the .npy header expects a value at its character 54");
    assertThatThrownBy(() -> read(npy("'<f4'", false, "[" + "[".repeat(500))))
        .hasMessageEndingWith("more than 200 things lie in each other");
    assertThatThrownBy(() -> read(npy("'<f4'", false, "(" + Long.MAX_VALUE + ",)")))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> read(npy("'<f4'", false, "7")))
        .hasMessageEndingWith("x: the .npy header expects shape and fortran_order");
    assertThatThrownBy(() -> read(npy(7, "")))
        .hasMessageEndingWith("x: an .npy of version 7, not 1 to 3");
  }

  /** Two calls of {@code np.save} with one open file. */
  @Test
  void arraysBehindOneAnotherAndBytesBehindThem() {
    Pickles two =
        npy("'<f4'", false, "(2,)")
            .floats(1, 2)
            .bytes(npy("'<f4'", true, "(2, 1)").floats(3, 4).array());
    assertThat(read(two).tensors().keySet()).containsExactly("arr_0", "arr_1");
    assertThat(read(two).tensors().get("arr_1").floats()).containsExactly(3, 4);
    Weights more = read(npy("'<f4'", false, "(1,)").floats(1, 2));
    assertThat(more.tensors().get("arr_0").floats()).containsExactly(1);
    assertThat(more.root().members().get("arr_1"))
        .isEqualTo(new Stored.Unread("4 bytes behind the array", "they are none"));
  }

  private static Pickles pickled(String sizes, String content) {
    return Pickles.of()
        .raw("\u0080\u0002}X\1\0\0\0w")
        .global("numpy.core.multiarray", "_reconstruct")
        .global("numpy", "ndarray")
        .raw("K\0\u0085U\1b\u0087R(K\1")
        .raw(sizes)
        .global("numpy", "dtype")
        .raw(
            "U\2f4K\0K\1\u0087R(K\3U\1<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb\u0089")
        .raw(content)
        .raw("tbs.");
  }

  @Test
  void aPickledArrayHasSizesAndAsManyBytesAsTheyAsk() {
    assertThat(read(pickled("K\1\u0085", "U\4\0\0\u0080?")).tensors().get("w").floats())
        .containsExactly(1);
    assertThatThrownBy(() -> read(pickled("K\1", "U\4\0\0\u0080?")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("x: w: a NumPy array has no sizes");
    assertThatThrownBy(() -> read(pickled("K\1\u0085", "U\5\0\0\u0080??")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "x: w: an array of <f4 [1] has 5 bytes, but its numbers are 4: the file is damaged");
  }
}
