package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.StoredTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightWritersTest {
  @TempDir Path folder;

  private static final List<TensorData> TENSORS =
      List.of(
          TensorData.floats("conv.weight", Shape.of(2, 3), new float[] {0, -1.5f, 2, 3, 4, 5}),
          TensorData.longs("conv.steps", Shape.of(3), new long[] {1, -2, 1L << 40}),
          TensorData.counter("größe", 7));

  private void assertReadAgain(BiConsumer<Path, List<TensorData>> writer, String format)
      throws IOException {
    Path file = folder.resolve("w");
    writer.accept(file, TENSORS);
    Path again = folder.resolve("again");
    writer.accept(again, TENSORS);
    assertThat(again).hasSameBinaryContentAs(file);
    Weights read = Weights.read(file);
    assertThat(read.format()).isEqualTo(format);
    Map<String, StoredTensor> tensors = read.tensors();
    assertThat(tensors.keySet()).containsExactly("conv.weight", "conv.steps", "größe");
    assertThat(tensors.get("conv.weight").dims()).containsExactly(2L, 3L);
    assertThat(tensors.get("conv.weight").floats()).containsExactly(0, -1.5f, 2, 3, 4, 5);
    assertThat(tensors.get("conv.steps").longs()).containsExactly(1, -2, 1L << 40);
    assertThat(tensors.get("größe").dims()).isEmpty();
    assertThat(tensors.get("größe").longs()).containsExactly(7);
  }

  @Test
  void whatIsWrittenForNumpyIsReadAgain() throws IOException {
    assertReadAgain(Npz::write, "NumPy .npz");
    Npy.write(folder.resolve("one.npy"), TENSORS.get(1));
    assertThat(Weights.read(folder.resolve("one.npy")).tensors().get("arr_0").longs())
        .containsExactly(1, -2, 1L << 40);
  }

  @Test
  void whatIsWrittenForPyTorchIsReadAgain() throws IOException {
    assertReadAgain(Pth::write, "PyTorch");
  }

  /** As {@code torch.save} lays it out, and its unpickler of weights alone allows. */
  @Test
  void anArchiveOfPyTorchIsLaidOutAsItsOwn() throws IOException {
    Path file = folder.resolve("w.pth");
    Pth.write(file, TENSORS.subList(0, 1));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly(
              "archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/version");
      assertThat(zip.stream().map(ZipEntry::getMethod)).containsOnly(ZipEntry.STORED);
      assertThat(content(zip, "archive/byteorder")).isEqualTo("little");
      assertThat(content(zip, "archive/version")).isEqualTo("3\n");
      assertThat(content(zip, "archive/data.pkl"))
          .isEqualTo(
              "\u0080\u0002ccollections\nOrderedDict\n)R(X\u000b\0\0\0conv.weight"
                  + "ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\n"
                  + "X\u0001\0\0\0000X\u0003\0\0\0cpuK\u0006tQK\0(K\u0002K\u0003t(K\u0003K\u0001t"
                  + "\u0089ccollections\nOrderedDict\n)RtRu.");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (bytes.getInt(at) == 0x04034b50) {
      int content = at + 30 + bytes.getShort(at + 26) + bytes.getShort(at + 28);
      assertThat(content % 64).isZero();
      at = content + bytes.getInt(at + 18);
    }
    assertThat(bytes.getInt(at)).isEqualTo(0x02014b50);
  }

  private static String content(ZipFile zip, String entry) throws IOException {
    return new String(
        zip.getInputStream(zip.getEntry(entry)).readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    List<TensorData> twins = List.of(TensorData.counter("n", 1), TensorData.counter("n", 2));
    for (BiConsumer<Path, List<TensorData>> writer :
        List.<BiConsumer<Path, List<TensorData>>>of(Npz::write, Pth::write)) {
      Path file = folder.resolve("twins");
      assertThatThrownBy(() -> writer.accept(file, twins))
          .isInstanceOf(UserException.class)
          .hasMessage("Cannot write %s: two tensors are called \"n\"", file);
      assertThat(file).doesNotExist();
    }
  }

  /** Two rows by columns, their bytes in either order; no number is the same in both rows. */
  private static StoredTensor stored(DType dtype, ByteOrder order) {
    byte[] bytes = new byte[6 * dtype.bytes()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = dtype == DType.BOOL ? (byte) (i % 2) : (byte) (i * 5 + 1);
    }
    return StoredTensor.columns(dtype, order, List.of(2L, 3L), MemorySegment.ofArray(bytes));
  }

  @Test
  void everyTypeIsWrittenBitByBit() {
    for (DType dtype : DType.values()) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        StoredTensor tensor = stored(dtype, order);
        Path file = folder.resolve("t");
        Pth.write(file, List.of(tensor.named("t")));
        assertSame(Weights.read(file).tensors().get("t"), tensor);
        if (List.of(DType.BF16, DType.F8_E4M3, DType.F8_E5M2).contains(dtype)) {
          assertThatThrownBy(() -> Npz.write(file, List.of(tensor.named("t"))))
              .isInstanceOf(UserException.class)
              .hasMessage(
                  "NumPy has no type like %s, which tensor \"t\" has: say f32 as the type of numbers",
                  dtype);
        } else {
          Npz.write(file, List.of(tensor.named("t")));
          assertSame(Weights.read(file).tensors().get("t"), tensor);
        }
      }
    }
  }

  private static void assertSame(StoredTensor read, StoredTensor tensor) {
    assertThat(read.dtype()).isEqualTo(tensor.dtype());
    assertThat(read.dims()).isEqualTo(tensor.dims());
    assertThat(read.doubles()).as("%s", tensor.dtype()).containsExactly(tensor.doubles());
  }
}
