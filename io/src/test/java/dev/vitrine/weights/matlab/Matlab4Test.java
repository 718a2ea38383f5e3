package dev.vitrine.weights.matlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Matlab4Test {
  private static final MatBytes LITTLE = new MatBytes(ByteOrder.LITTLE_ENDIAN);

  @TempDir private Path folder;

  private Weights read(byte[]... matrices) throws IOException {
    return Weights.read(Files.write(folder.resolve("w.mat"), MatBytes.joined(matrices)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allKindsOfMatricesInBothOrders(boolean big) throws IOException {
    MatBytes m = big ? new MatBytes(ByteOrder.BIG_ENDIAN) : LITTLE;
    int machine = big ? 1000 : 0;
    Weights weights =
        read(
            m.old(machine, 2, 2, 0, "d", m.doubles(1, 3, 2, 4)),
            m.old(machine + 10, 1, 2, 0, "f", m.floats(.5f, -1)),
            m.old(machine + 20, 1, 1, 0, "i", m.ints(-7)),
            m.old(machine + 40, 1, 1, 0, "u", m.shorts(65535)),
            m.old(machine + 50, 1, 2, 0, "b", new byte[] {-1, 1}),
            m.old(machine, 1, 1, 1, "z", m.doubles(1, 2)),
            m.old(machine + 1, 2, 2, 0, "t", m.doubles('a', 'c', 'b', 'd')),
            m.old(machine + 2, 3, 3, 0, "s", m.doubles(1, 2, 2, 3, 1, 3, 5, 6, 0)),
            m.old(machine, 1, 1, 0, "last", m.doubles(9)));
    assertThat(weights.format()).isEqualTo("MATLAB 4");
    var tensors = weights.tensors();
    assertThat(tensors.get("d").doubles()).containsExactly(1, 2, 3, 4);
    assertThat(tensors.get("f").floats()).containsExactly(.5f, -1);
    assertThat(tensors.get("i").longs()).containsExactly(-7);
    assertThat(tensors.get("u").dtype()).isEqualTo(DType.U16);
    assertThat(tensors.get("b").longs()).containsExactly(255, 1);
    assertThat(tensors.get("s").dims()).containsExactly(2L, 3L);
    assertThat(tensors.get("s").doubles()).containsExactly(0, 0, 5, 6, 0, 0);
    assertThat(tensors.get("last").doubles()).containsExactly(9);
    assertThat(weights.all())
        .contains(
            new Weights.Found("t", new Stored.Note("ab\ncd")),
            new Weights.Found(
                "z", new Stored.Unread("complex matrix 1×1", "complex numbers are not read")));
  }

  @Test
  void otherMachinesAreNamed() throws IOException {
    Weights weights =
        read(
            LITTLE.old(2000, 1, 1, 0, "v", new byte[8]),
            LITTLE.old(0, 1, 1, 0, "d", LITTLE.doubles(3)));
    assertThat(weights.all())
        .contains(
            new Weights.Found(
                "v", new Stored.Unread("matrix 1×1", "its numbers are those of a VAX (D-float)")));
    assertThat(weights.tensors().get("d").doubles()).containsExactly(3);
  }

  @Test
  void liesAreRefused() {
    byte[] good = LITTLE.old(0, 2, 2, 0, "w", LITTLE.doubles(1, 2, 3, 4));
    refused("\"w\" needs 32 bytes, but there are 31: truncated or damaged", cut(good, 1));
    refused(
        "\"w\" needs 9223372036854775807 bytes, but there are 0: truncated or damaged",
        LITTLE.old(0, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, "w", new byte[0]));
    refused("at byte 54: no matrix of a MATLAB 4 file: truncated or damaged", good, new byte[19]);
    refused("two variables are called \"w\"", good, good);
    refused(
        "The sparse matrix \"s\": number 0 lies outside",
        LITTLE.old(2, 2, 3, 0, "s", LITTLE.doubles(3, 2, 1, 2, 5, 0)));
    refused(
        "The sparse matrix \"s\": number 1 has the place of another, row 1, column 2",
        LITTLE.old(2, 3, 3, 0, "s", LITTLE.doubles(1, 1, 2, 2, 2, 2, 5, 6, 0)));
    refused(
        "\"s\" has a sparse matrix of size NaN",
        LITTLE.old(2, 1, 3, 0, "s", LITTLE.doubles(Double.NaN, 2, 1)));
  }

  private static byte[] cut(byte[] bytes, int by) {
    return Arrays.copyOf(bytes, bytes.length - by);
  }

  private void refused(String fault, byte[]... matrices) {
    assertThatThrownBy(() -> read(matrices))
        .isInstanceOf(UserException.class)
        .hasMessage(folder.resolve("w.mat") + ": " + fault);
  }
}
