package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void readsWhatItWrote() {
    Path file = folder.resolve("a.safetensors");
    float[] flat = new float[20_000];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) Math.sin(i);
    }
    flat[13] = Float.NaN;
    flat[14] = -0.0f;
    Safetensors.write(
        file,
        List.of(
            TensorData.floats("b.weight", Shape.of(100, 199), flat, 7),
            TensorData.floats("a", Shape.of(3), new float[] {1, 2, 3}),
            TensorData.longs("counts", Shape.of(2), new long[] {-1, Long.MAX_VALUE}),
            TensorData.counter("step", 42)),
        Map.of("seed", "17", "note", "ü"));
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.tensors().keySet()).containsExactly("counts", "step", "a", "b.weight");
      assertThat(read.metadata()).isEqualTo(Map.of("seed", "17", "note", "ü"));
      assertThat(read.info("b.weight").shape()).isEqualTo(Shape.of(100, 199));
      assertThat(read.floats("b.weight")).isEqualTo(Arrays.copyOfRange(flat, 7, 7 + 19_900));
      assertThat(read.floats("a")).containsExactly(1, 2, 3);
      assertThat(read.longs("counts")).containsExactly(-1, Long.MAX_VALUE);
      assertThat(read.longs("step")).containsExactly(42);
      assertThat(read.info("step").shape()).isEqualTo(Shape.scalar());
      float[] into = {9, 9, 9, 9, 9};
      read.floats("a", into, 1);
      assertThat(into).containsExactly(9, 1, 2, 3, 9);
    }
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(
        file,
        List.of(TensorData.floats("w", Shape.of(1, 2), new float[] {1, -2})),
        Map.of("format", "pt"));
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}} ";
    assertThat(header.length() % 8).isZero();
    byte[] data = {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, (byte) 0xC0};
    assertThat(Files.readAllBytes(file)).isEqualTo(raw(header, data));
  }

  @Test
  void theOrderOfTensorsDoesNotMatter() throws IOException {
    Path one = folder.resolve("1");
    Path two = folder.resolve("2");
    var a = TensorData.floats("a", Shape.of(1), new float[] {1});
    var b = TensorData.counter("b", 2);
    Safetensors.write(one, List.of(a, b), Map.of());
    Safetensors.write(two, List.of(b, a), Map.of());
    assertThat(one).hasSameBinaryContentAs(two);
  }

  @Test
  void namesMustDiffer() {
    var a = TensorData.counter("a", 2);
    assertThatThrownBy(() -> Safetensors.write(folder.resolve("1"), List.of(a, a), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("safetensors expects one tensor of a name, but \"a\" is there already");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void everyTypeIsConverted() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8 + 8 + 2 + 2 + 4 + 4 + 2 + 2 + 1 + 1 + 1 + 8);
    data.order(ByteOrder.LITTLE_ENDIAN).putDouble(0.1).putLong(-1).putShort((short) 0x3C01);
    data.putShort((short) 0xC040).putInt(-2).putInt(-2).putShort((short) -3).putShort((short) -3);
    data.put((byte) -4).put((byte) -4).put((byte) 1).putLong(-5);
    String[] types = "F64 U64 F16 BF16 I32 U32 I16 U16 I8 U8 BOOL I64".split(" ");
    var header = new StringBuilder("{");
    int at = 0;
    for (String type : types) {
      int end = at + DType.valueOf(type).bytes();
      header.append(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":[],\"data_offsets\":[%s,%s]},"
              .formatted(type, type, at, end));
      at = end;
    }
    header.append("\"empty\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[%d,%d]}}");
    Path file = file(header.toString().formatted(at, at), data.array());
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.floats("F64")).containsExactly(0.1f);
      assertThat(read.floats("F16")).containsExactly(1 + 0x1p-10f);
      assertThat(read.floats("BF16")).containsExactly(-3);
      assertThat(read.longs("U64")).containsExactly(-1);
      assertThat(read.longs("I64")).containsExactly(-5);
      assertThat(read.longs("I32")).containsExactly(-2);
      assertThat(read.longs("U32")).containsExactly(0xFFFFFFFEL);
      assertThat(read.longs("I16")).containsExactly(-3);
      assertThat(read.longs("U16")).containsExactly(0xFFFD);
      assertThat(read.longs("I8")).containsExactly(-4);
      assertThat(read.longs("U8")).containsExactly(0xFC);
      assertThat(read.longs("BOOL")).containsExactly(1);
      assertThat(read.floats("empty")).isEmpty();
      assertThat(read.info("empty").dims()).containsExactly(0L, 3L);
    }
  }

  @Test
  void askingForWhatIsNotThereIsOneSentence() throws IOException {
    Path file =
        file("{\"a\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]}}", new byte[1]);
    try (Safetensors read = Safetensors.open(file)) {
      assertThatThrownBy(() -> read.floats("b"))
          .isInstanceOf(UserException.class)
          .hasMessage("%s: expected a tensor \"b\", but it has only [\"a\"]", file);
      assertThatThrownBy(() -> read.floats("a"))
          .isInstanceOf(UserException.class)
          .hasMessage("%s: tensor \"a\" expects floating-point numbers, but holds I8", file);
    }
  }

  /** Headers that are wrong in one way each, over eight bytes of data. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]} | : header: not valid"
            + " JSON",
        "not json | : header: expected a JSON object in braces, but it begins with \"not json\"",
        "[] | : header: expected a JSON object in braces",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            + " | : header: not valid JSON at line 1, column 58: the name \"a\" stands twice in an object",
        "{\"a\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            + " | : tensor \"a\" has the unknown dtype \"F31\"; expected one of [F64, F32,",
        "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}"
            + " | : header: a: \"dtype\" expects a text, but got nothing",
        "{\"a\":7} | : header: \"a\" expects an object, but got 7",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}"
            + " | : header: a: \"shape\" expects whole numbers of at least 0, but got -2",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}"
            + " | : header: a: \"shape\" expects whole numbers of at least 0, but got 2.5",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}"
            + " | : tensor \"a\" of sizes [3] in F32 does not fit its 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}"
            + " | : tensor \"a\" of sizes [4611686018427387904, 4] in F32 does not fit its 0 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | : tensor \"a\" expects"
            + " data_offsets [begin, end] with begin ≤ end, but got [8, 0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4,8]}} | : tensor \"a\""
            + " expects data_offsets [begin, end] with begin ≤ end, but got [0, 4, 8]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}"
            + " | : truncated: tensor \"a\" ends at byte 12 of the data, but there are only 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            + " | : there are 8 bytes of data, but the tensors end at byte 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | : tensor \"a\" begins"
            + " at byte 4 of the data, but the header ends at 0: they leave a hole",
        "{\"b\":{\"dtype\":\"I16\",\"shape\":[3],\"data_offsets\":[2,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | : tensor \"b\""
            + " begins at byte 2 of the data, but tensor \"a\" ends at 4: they overlap",
        "{\"__metadata__\":{\"a\":1}}"
            + " | : header: __metadata__: \"a\" expects a text, but got 1",
        "{\"__metadata__\":[]} | : header: \"__metadata__\" expects an object, but got []",
      })
  void wrongHeadersAreRefused(String header, String sentence) throws IOException {
    assertRefused(file(header, new byte[8]), sentence);
  }

  @Test
  void wrongLengthsAreRefused() throws IOException {
    Path file = folder.resolve("bad.safetensors");
    assertRefused(
        Files.write(file, new byte[5]),
        ": truncated: a safetensors file begins with 8 bytes, but there are only 5");
    assertRefused(
        Files.write(file, new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{', '}'}),
        ": truncated or not a safetensors file: its header would have 9 bytes of its 10");
    assertRefused(
        Files.write(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'}),
        ": truncated or not a safetensors file: its header would have 18446744073709551615 bytes");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(
        file,
        List.of(TensorData.counter("n", 1), TensorData.floats("w", Shape.of(2), new float[2])),
        Map.of());
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Files.write(file, Arrays.copyOf(whole, length)), ":");
    }
  }

  @Test
  void aMissingFileIsRefused() {
    Path file = folder.resolve("none");
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot read %s: it does not exist", file);
  }

  @Test
  void readsAFileOfAnotherFramework() {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Path file = Path.of(data, "models", "burn_mnist.safetensors");
    assumeTrue(Files.exists(file), "there is no " + file);
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.tensors()).hasSize(20);
      assertThat(read.info("fc1.weight").shape()).isEqualTo(Shape.of(32, 11616));
      assertThat(read.floats("fc1.weight")).hasSize(32 * 11616);
      assertThat(read.floats("norm1.running_var")).hasSize(24).contains(0.006597519386559725f);
      assertThat(read.floats("conv1.bias")).hasSize(8).startsWith(0.10854441672563553f);
      assertThat(read.longs("norm1.num_batches_tracked")).containsExactly(7504);
    }
  }

  @Test
  void aHeaderThatIsNoUtf8IsRefused() throws IOException {
    byte[] good =
        raw("{\"ab\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", new byte[1]);
    good[10] = (byte) 0xff;
    Path file = Files.write(folder.resolve("x.safetensors"), good);
    assertRefused(file, ": the header is no text in UTF-8: damaged");
    // A name may have the very character that stands for such bytes.
    byte[] other =
        raw("{\"\ufffd\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", new byte[1]);
    Path named = Files.write(folder.resolve("y.safetensors"), other);
    try (Safetensors read = Safetensors.open(named)) {
      assertThat(read.tensors()).containsOnlyKeys("\ufffd");
    }
  }

  private static void assertRefused(Path file, String sentence) {
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + sentence)
        .message()
        .doesNotContain("\n");
  }

  private Path file(String header, byte[] data) throws IOException {
    return Files.write(folder.resolve("x.safetensors"), raw(header, data));
  }

  private static byte[] raw(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }
}
