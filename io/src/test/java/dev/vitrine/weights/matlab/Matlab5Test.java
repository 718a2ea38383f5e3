package dev.vitrine.weights.matlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Matlab5Test {
  private static final int CELL = 1;
  private static final int STRUCT = 2;
  private static final int OBJECT = 3;
  private static final int CHAR = 4;
  private static final int SPARSE = 5;
  private static final int DOUBLE = 6;
  private static final int SINGLE = 7;
  private static final int UINT8 = 9;
  private static final int INT64 = 14;
  private static final int FUNCTION = 16;
  private static final int OPAQUE = 17;
  private static final int LOGICAL = 0x200;
  private static final int COMPLEX = 0x800;

  @TempDir private Path folder;

  private Weights read(byte[] bytes) throws IOException {
    return Weights.read(Files.write(folder.resolve("w.mat"), bytes));
  }

  private static MatBytes bytes(boolean big) {
    return new MatBytes(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void numbersInColumnsOfAnyTypeWidenToTheirClass(boolean big) throws IOException {
    MatBytes m = bytes(big);
    Map<String, StoredTensor> tensors =
        read(m.file(
                m.matrix("d", DOUBLE, new int[] {2, 2}, m.element(9, m.doubles(1, 3, 2, 4))),
                m.matrix("n", DOUBLE, new int[] {1, 2}, m.small(2, new byte[] {-1, 7})),
                m.matrix("s", SINGLE, new int[] {1, 2}, m.small(3, m.shorts(-5, 300))),
                m.matrix("f", SINGLE, new int[] {1, 1, 2}, m.element(7, m.floats(.5f, -.5f))),
                m.matrix("b", UINT8 | LOGICAL, new int[] {1, 3}, m.small(2, new byte[] {1, 0, 1})),
                m.matrix("i", INT64, new int[] {1, 1}, m.small(5, m.ints(-9))),
                m.matrix("e", DOUBLE, new int[] {0, 5}, m.element(9, new byte[0]))))
            .tensors();
    assertThat(tensors.get("d").doubles()).containsExactly(1, 2, 3, 4);
    assertThat(tensors.get("n").doubles()).containsExactly(255, 7);
    assertThat(tensors.get("n").dtype()).isEqualTo(DType.F64);
    assertThat(tensors.get("s").floats()).containsExactly(-5, 300);
    assertThat(tensors.get("s").dtype()).isEqualTo(DType.F32);
    assertThat(tensors.get("f").floats()).containsExactly(.5f, -.5f);
    assertThat(tensors.get("f").dims()).containsExactly(1L, 1L, 2L);
    assertThat(tensors.get("b").dtype()).isEqualTo(DType.BOOL);
    assertThat(tensors.get("b").longs()).containsExactly(1, 0, 1);
    assertThat(tensors.get("i").longs()).containsExactly(-9);
    assertThat(tensors.get("e").dims()).containsExactly(0L, 5L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cellsAndStructsAreGroupsInEachOther(boolean big) throws IOException {
    MatBytes m = bytes(big);
    byte[] one = m.matrix("", DOUBLE, new int[] {1, 1}, m.element(9, m.doubles(1)));
    byte[] two = m.matrix("", DOUBLE, new int[] {1, 1}, m.element(9, m.doubles(2)));
    byte[] text = m.matrix("", CHAR, new int[] {1, 4}, m.element(4, m.shorts('r', 'e', 'l', 'u')));
    byte[] struct =
        m.matrix(
            "",
            STRUCT,
            new int[] {1, 1},
            m.small(5, m.ints(8)),
            m.element(1, ascii("type\0\0\0\0w\0\0\0\0\0\0\0")),
            text,
            two);
    byte[] structs =
        m.matrix(
            "net",
            STRUCT,
            new int[] {2, 1},
            m.small(5, m.ints(4)),
            m.element(1, ascii("w\0\0\0")),
            one,
            two);
    Weights weights =
        read(
            m.file(
                m.compressed(
                    m.matrix(
                        "layers", CELL, new int[] {1, 3}, one, struct, m.element(14, new byte[0]))),
                structs,
                m.matrix("grid", CELL, new int[] {2, 2}, one, two, one, two)));
    assertThat(places(weights).keySet())
        .containsExactly(
            "layers.0",
            "layers.1.type",
            "layers.1.w",
            "layers.2",
            "net.0.w",
            "net.1.w",
            "grid.0,0",
            "grid.1,0",
            "grid.0,1",
            "grid.1,1");
    assertThat(places(weights).get("layers.1.type")).isEqualTo(new Stored.Note("relu"));
    assertThat(weights.tensors().get("layers.1.w").doubles()).containsExactly(2);
    assertThat(weights.tensors().get("layers.2").dims()).containsExactly(0L, 0L);
    assertThat(weights.tensors().get("net.1.w").doubles()).containsExactly(2);
    assertThat(weights.format()).isEqualTo("MATLAB 5");
  }

  private static Map<String, Stored> places(Weights weights) {
    var places = new LinkedHashMap<String, Stored>();
    weights.all().forEach(found -> places.put(found.place(), found.what()));
    return places;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsNotReadIsNamedAndTheRestIsRead(boolean big) throws IOException {
    MatBytes m = bytes(big);
    byte[] one = m.matrix("", DOUBLE, new int[] {1, 1}, m.element(9, m.doubles(1)));
    byte[] opaque =
        m.element(
            14,
            MatBytes.joined(
                m.element(6, m.ints(OPAQUE, 0)),
                m.name("net"),
                m.name("MCOS"),
                m.element(1, ascii("SeriesNetwork")),
                one));
    Weights weights =
        read(
            m.file(
                m.matrix(
                    "z",
                    DOUBLE | COMPLEX,
                    new int[] {1, 1},
                    m.element(9, m.doubles(1)),
                    m.element(9, m.doubles(2))),
                opaque,
                m.matrix(
                    "o",
                    OBJECT,
                    new int[] {1, 1},
                    m.element(1, ascii("inline")),
                    m.small(5, m.ints(4)),
                    m.element(1, ascii("w\0\0\0")),
                    one),
                m.matrix("fun", FUNCTION, new int[] {1, 1}, one),
                m.matrix("", UINT8, new int[] {1, 1}, m.small(2, new byte[] {1})),
                m.matrix("w", DOUBLE, new int[] {1, 1}, m.element(9, m.doubles(4)))));
    Map<String, Stored> places = places(weights);
    assertThat(places.get("z"))
        .isEqualTo(new Stored.Unread("complex double array 1×1", "complex numbers are not read"));
    assertThat(places.get("net"))
        .isEqualTo(
            new Stored.Unread(
                "object of class \"SeriesNetwork\"",
                "objects are not read: save what they hold as plain arrays and structs"));
    assertThat(((Stored.Unread) places.get("o")).what()).isEqualTo("object of class \"inline\"");
    assertThat(((Stored.Unread) places.get("fun")).what()).isEqualTo("function handle");
    assertThat(places.get("__function_workspace__")).isInstanceOf(Stored.Unread.class);
    assertThat(weights.tensors().get("w").doubles()).containsExactly(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sparseMatricesAreWrittenOut(boolean big) throws IOException {
    MatBytes m = bytes(big);
    Weights weights =
        read(
            m.file(
                sparse(
                    m,
                    "s",
                    SPARSE,
                    2,
                    3,
                    m.ints(1, 0),
                    m.ints(0, 1, 1, 2),
                    m.element(9, m.doubles(5, 6))),
                sparse(
                    m,
                    "l",
                    SPARSE | LOGICAL,
                    2,
                    1,
                    m.ints(1),
                    m.ints(0, 1),
                    m.small(2, new byte[] {1})),
                sparse(
                    m,
                    "huge",
                    SPARSE,
                    1 << 20,
                    1 << 20,
                    m.ints(1),
                    m.ints(0, 1),
                    m.element(9, m.doubles(1)))));
    assertThat(weights.tensors().get("s").doubles()).containsExactly(0, 0, 6, 5, 0, 0);
    assertThat(weights.tensors().get("l").longs()).containsExactly(0, 1);
    assertThat(weights.tensors().get("l").dtype()).isEqualTo(DType.BOOL);
    assertThat(places(weights).get("huge"))
        .isEqualTo(
            new Stored.Unread(
                "sparse matrix 1048576×1048576",
                "with its zeros it would be too large: save it as a full one"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void logicalSparseNumbersAreBytesWhateverTheTagSays(boolean big) throws IOException {
    MatBytes m = bytes(big);
    byte[] numbers = m.element(9, new byte[] {1, 1, 1});
    StoredTensor tensor =
        read(m.file(
                sparse(m, "s", SPARSE | LOGICAL, 3, 2, m.ints(0, 2, 1), m.ints(0, 2, 3), numbers)))
            .tensors()
            .get("s");
    assertThat(tensor.longs()).containsExactly(1, 0, 0, 1, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fieldsOfOneNameAreKeptApart(boolean big) throws IOException {
    MatBytes m = bytes(big);
    byte[] one = m.matrix("", DOUBLE, new int[] {1, 1}, m.element(9, m.doubles(1)));
    byte[] two = m.matrix("", DOUBLE, new int[] {1, 1}, m.element(9, m.doubles(2)));
    byte[] names = m.element(1, ascii("w\0\0\0w\0\0\0"));
    Weights weights =
        read(
            m.file(
                m.matrix("s", STRUCT, new int[] {1, 1}, m.small(5, m.ints(4)), names, one, two)));
    assertThat(weights.tensors().keySet()).containsExactly("s.w", "s.w (2)");
    assertThat(weights.tensors().get("s.w (2)").doubles()).containsExactly(2);
  }

  private static byte[] sparse(
      MatBytes m, String name, int flags, int rows, int columns, byte[] ir, byte[] jc, byte[] pr) {
    return m.matrix(name, flags, new int[] {rows, columns}, m.element(5, ir), m.element(5, jc), pr);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void textsInAnyCodingAreNotes(boolean big) throws IOException {
    MatBytes m = bytes(big);
    Map<String, Stored> places =
        places(
            read(
                m.file(
                    m.matrix(
                        "u",
                        CHAR,
                        new int[] {1, 2},
                        m.small(16, "é!".getBytes(StandardCharsets.UTF_8))),
                    m.matrix("rows", CHAR, new int[] {2, 3}, m.element(2, ascii("acbd e"))),
                    m.matrix("none", CHAR, new int[] {0, 0}))));
    assertThat(places)
        .containsEntry("u", new Stored.Note("é!"))
        .containsEntry("rows", new Stored.Note("ab\ncde"))
        .containsEntry("none", new Stored.Note(""));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void liesAreRefusedByNameAndPlace(boolean big) {
    MatBytes m = bytes(big);
    byte[] four = m.element(9, m.doubles(1, 2, 3, 4));
    byte[] good = m.matrix("w", DOUBLE, new int[] {2, 2}, four);
    refused(
        m.file(Arrays.copyOf(good, good.length - 9)),
        "at byte 128: a variable would have %s bytes, but there are %s: truncated or damaged"
            .formatted(good.length - 8, good.length - 17));
    refused(
        m.file(m.matrix("w", DOUBLE, new int[] {2, 1 << 30}, four)),
        "\"w\", byte 80 of it: a double array 2×1073741824 called \"w\" holds only 4 numbers:"
            + " truncated or damaged");
    refused(
        m.file(m.matrix("w", DOUBLE, new int[] {1, 2}, four)),
        "\"w\", byte 80 of it: a double array 1×2 called \"w\" holds 4 numbers: truncated or"
            + " damaged");
    refused(
        m.file(m.matrix("w", DOUBLE, new int[] {-1, 2}, four)),
        "the variable at byte 128, byte 32 of it: an array has the size -1 on 2 axes");
    refused(m.file(good, good), "two variables are called \"w\"");
    refused(
        m.file(m.matrix("c", CELL, new int[] {1 << 30, 1 << 30})),
        "\"c\", byte 40 of it: a cell array 1073741824×1073741824 called \"c\" has room for fewer"
            + " than its elements: truncated or damaged");
    refused(
        m.file(m.matrix("w", 77, new int[] {1, 1}, four)),
        "the variable at byte 128, byte 16 of it: an array has the unknown class 77");
    byte[] packed = m.compressed(good);
    packed[packed.length - 1] ^= 0x55;
    refused(m.file(packed), "the variable at byte 128 cannot be unpacked: damaged");
    refused(
        m.file(m.compressed(MatBytes.joined(good, new byte[8]))),
        "the variable at byte 128 says that it has %s bytes, but its %s packed ones unpack to more"
            .formatted(good.length, m.compressed(MatBytes.joined(good, new byte[8])).length - 8));
    refused(
        m.file(m.compressed(Arrays.copyOf(good, good.length - 8))),
        "the variable at byte 128 says that it has %s bytes, but its %s packed ones unpack to %s"
            .formatted(
                good.length,
                m.compressed(Arrays.copyOf(good, good.length - 8)).length - 8,
                good.length - 8));
    refused(
        m.file(
            sparse(
                m, "s", SPARSE, 3, 1, m.ints(1, 1), m.ints(0, 2), m.element(9, m.doubles(5, 6)))),
        "\"s\", byte 96 of it: number 1 of a sparse matrix has the place of another, row 2, column 1");
    refused(
        m.file(sparse(m, "s", SPARSE, 2, 1, m.ints(2), m.ints(0, 1), m.element(9, m.doubles(5)))),
        "\"s\", byte 88 of it: number 0 of a sparse matrix lies outside");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bombsAndDeepNestsAreRefused(boolean big) {
    MatBytes m = bytes(big);
    byte[] zeros = m.matrix("w", DOUBLE, new int[] {1, 1 << 23}, m.element(9, new byte[1 << 26]));
    refused(
        m.file(m.compressed(zeros)),
        "A variable would take %s bytes, too many for a file of %s"
            .formatted(zeros.length, m.file(m.compressed(zeros)).length));
    byte[] lie = m.element(14, new byte[8]);
    System.arraycopy(m.ints(Integer.MAX_VALUE - 16), 0, lie, 4, 4);
    refused(
        m.file(m.compressed(lie)),
        "the variable at byte 128 would have 2147483639 bytes, which %s packed ones cannot hold"
            .formatted(MatBytes.deflated(lie).length));
    byte[] nest = m.matrix("", DOUBLE, new int[] {1, 1}, m.element(9, m.doubles(1)));
    for (int i = 0; i < 300; i++) {
      nest = m.matrix("", CELL, new int[] {1, 1}, nest);
    }
    refused(m.file(nest), "more than 200 things lie in each other");
    // A million empty cells pack into few bytes, but not into little memory.
    byte[] cells = m.matrix("c", CELL, new int[] {1 << 20, 1}, emptyMatrices(m, 1 << 20));
    refused(
        m.file(m.compressed(cells)),
        "What is in it would take more than 16777216 bytes, too many for a file of %s"
            .formatted(m.file(m.compressed(cells)).length));
  }

  private static byte[] emptyMatrices(MatBytes m, int count) {
    byte[] all = new byte[8 * count];
    byte[] one = m.element(14, new byte[0]);
    for (int i = 0; i < count; i++) {
      System.arraycopy(one, 0, all, 8 * i, 8);
    }
    return all;
  }

  private void refused(byte[] bytes, String fault) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UserException.class)
        .hasMessage(folder.resolve("w.mat") + ": " + fault);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileWithoutVariablesIsEmpty(boolean big) throws IOException {
    assertThat(read(bytes(big).file()).all()).isEqualTo(List.of());
  }
}
