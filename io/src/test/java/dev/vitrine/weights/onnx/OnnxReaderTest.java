package dev.vitrine.weights.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxReaderTest {
  private static final String CHECKSUM = "e0378e12d7ac5f9af37052d8763be4f3e8d13041";

  @TempDir Path folder;

  private Path file(Proto model) throws IOException {
    return Files.write(folder.resolve("model.bin"), model.toBytes());
  }

  private Weights read(Proto... tensors) throws IOException {
    return Weights.read(file(Proto.model(tensors)));
  }

  @Test
  void numbersAreReadFromBytesAndFromListsOfEveryKind() throws IOException {
    Weights weights =
        read(
            Proto.tensor("raw", 1, 2, 1).bytes(9, Proto.singles(1.5f, -2)),
            Proto.tensor("packed", 1, 2).bytes(4, Proto.singles(3, 4)),
            Proto.tensor("whole", 7, 3).number(7, 1).number(7, -1).number(7, 5),
            Proto.tensor("half", 10, 2).number(5, 0x3c00).number(5, 0xc000),
            Proto.tensor("bf", 16, 1).bytes(9, new byte[] {(byte) 0x80, 0x3f}),
            Proto.tensor("tiny", 17, 1).number(5, 0x38),
            Proto.tensor("none", 7, 0));
    assertThat(weights.format()).isEqualTo("ONNX");
    assertThat(weights.tensors().keySet())
        .containsExactly("raw", "packed", "whole", "half", "bf", "tiny", "none");
    assertThat(weights.tensors().get("raw").floats()).containsExactly(1.5f, -2);
    assertThat(weights.tensors().get("raw").dims()).isEqualTo(List.of(2L, 1L));
    assertThat(weights.tensors().get("packed").floats()).containsExactly(3, 4);
    assertThat(weights.tensors().get("whole").longs()).containsExactly(1, -1, 5);
    assertThat(weights.tensors().get("half").floats()).containsExactly(1, -2);
    assertThat(weights.tensors().get("bf").floats()).containsExactly(1);
    assertThat(weights.tensors().get("tiny").floats()).containsExactly(1);
    assertThat(weights.tensors().get("none").elements()).isZero();
  }

  /** A header of 0x208 bytes begins with 08 02, as a model of version 2 does. */
  @Test
  void noSafetensorsFileIsTakenForAModel() throws IOException {
    for (int length = 0x200; length < 0x300; length += 8) {
      byte[] file = new byte[8 + length];
      file[0] = (byte) length;
      file[1] = (byte) (length >> 8);
      Arrays.fill(file, 8, file.length, (byte) ' ');
      file[8] = '{';
      file[9] = '}';
      Path path = Files.write(folder.resolve("header-" + length), file);
      assertThat(OnnxModel.recognises(path)).as("header of %s bytes", length).isFalse();
      assertThat(Weights.read(path).format()).isEqualTo("safetensors");
    }
  }

  @Test
  void aTensorOfAnotherTypeIsNamedAndTheRestIsRead() throws IOException {
    Weights weights =
        read(
            Proto.tensor("words", 8, 1).text(6, "hello"),
            Proto.tensor("w", 1, 1).bytes(9, Proto.singles(7)));
    assertThat(weights.root().members().get("words"))
        .isEqualTo(new Stored.Unread("a tensor of string", "texts are no weights"));
    assertThat(weights.tensors().get("w").floats()).containsExactly(7);
  }

  private static Proto entry(String key, String value) {
    return new Proto().text(1, key).text(2, value);
  }

  private static Proto external(String location, String offset, String length) {
    return Proto.tensor("w", 1, 2)
        .message(13, entry("location", location))
        .message(13, entry("offset", offset))
        .message(13, entry("length", length))
        .number(14, 1);
  }

  @Test
  void numbersMayLieInAFileBesideTheModel() throws IOException {
    Files.write(folder.resolve("model.data"), Proto.singles(0, 5, 6, 0));
    StoredTensor tensor = read(external("model.data", "4", "8")).tensors().get("w");
    assertThat(tensor.floats()).containsExactly(5, 6);
  }

  /** SHA-1 of the whole file, its digits in either case. */
  @Test
  void aChecksumOfAFileBesideTheModelIsCompared() throws IOException {
    Files.writeString(folder.resolve("model.data"), "abcdabcd");
    Proto tensor = external("model.data", "0", "8");
    assertThat(
            read(tensor.message(13, entry("checksum", CHECKSUM.toUpperCase(Locale.ROOT))))
                .tensors())
        .containsKey("w");
    refused(
        Proto.model(external("model.data", "0", "8").message(13, entry("checksum", "12ab"))),
        "Tensor \"w\" of FILE: its checksum of \"model.data\" is \"12ab\", but the file has "
            + CHECKSUM
            + ": it is damaged, or another model's");
  }

  private void refused(Proto model, String sentence) throws IOException {
    Path file = file(model);
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence.replace("FILE", file.toString()));
  }

  @Test
  void otherFilesAreReadFromTheModelsFolderOnly() throws IOException {
    Files.write(folder.resolve("model.data"), Proto.singles(0, 5));
    String tensor = "Tensor \"w\" of FILE: ";
    String outside = ": only files in the model's own folder are read";
    for (String location : List.of("../../etc/passwd", "/etc/passwd", "")) {
      refused(
          Proto.model(external(location, "0", "8")),
          tensor + "its numbers are said to be in \"" + location + "\"" + outside);
    }
    Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));
    refused(
        Proto.model(external("link", "0", "8")),
        tensor + "its numbers are said to be in \"link\"" + outside);
    refused(
        Proto.model(external("gone.data", "0", "8")),
        tensor + "its numbers are in \"gone.data\", which is missing: put it beside the model");
    refused(
        Proto.model(external("model.data", "4", "8")),
        tensor + "its 8 bytes from byte 4 on are not in \"model.data\", which has 8");
    refused(
        Proto.model(external("model.data", "9223372036854775807", "8")),
        tensor
            + "its 8 bytes from byte 9223372036854775807 on are not in \"model.data\", which has 8");
    refused(
        Proto.model(external("model.data", "-4", "8")), tensor + "its offset is \"-4\", below 0");
  }

  @Test
  void damageIsNamedWithItsPlace() throws IOException {
    refused(
        Proto.model(Proto.tensor("w", 1, 1L << 62, 8).bytes(9, new byte[8])),
        "Tensor \"w\" of FILE: A tensor of F32 [4611686018427387904, 8] needs more bytes"
            + " than any file has, but there are 8");
    refused(
        new Proto().number(1, 8).message(7, new Proto().text(2, "g")),
        "FILE: the model says no opset_import, so what its operators mean is not known: write it"
            + " again with ONNX 1.0 or newer");
    refused(
        new Proto().number(1, 8).message(7, new Proto().raw(new byte[] {0x0a, 0x7f, 0})),
        "FILE: damaged at byte 4: field 1 claims 127 bytes, but 1 are left");
    refused(
        Proto.model(Proto.tensor("w", 1, 0), Proto.tensor("w", 1, 0)),
        "FILE: damaged at byte 16: two initialisers are called \"w\"");
  }

  @Test
  void noOtherFileIsTakenForAModel() throws IOException {
    for (String text : List.of("{\"layers\": []}", "hello", "\b", "\b\u0003", "[1, 2]")) {
      Path file = Files.writeString(folder.resolve("other"), text);
      assertThatThrownBy(() -> Weights.read(file))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("not a file of weights in a known format");
    }
  }

  @Test
  void whateverIsChangedInAFileOnlyOurExceptionsComeOut() throws IOException {
    byte[] good =
        Proto.model(
                Proto.tensor("a", 1, 2, 1).bytes(9, Proto.singles(1.5f, -2)),
                Proto.tensor("whole", 7, 3).number(7, 1).number(7, -1).number(7, 5),
                external("gone", "0", "8"))
            .toBytes();
    Random random = new Random(5);
    Path file = folder.resolve("fuzzed");
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = Arrays.copyOf(good, good.length - (round % 3 == 0 ? random.nextInt(40) : 0));
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(file, bytes);
      try {
        Weights.read(file).tensors();
      } catch (UserException expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void aTensorHasAsManyBytesAsItsSizesAsk() throws IOException {
    assertThatThrownBy(() -> read(Proto.tensor("w", 1, 2).bytes(9, Proto.singles(1, 2, 3))))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("A tensor of F32 [2] has 8 bytes, but there are 12");
    assertThatThrownBy(() -> read(Proto.tensor("w", 7, 1).number(7, 1).number(7, 2)))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("A tensor of I64 [1] has 8 bytes, but there are 16");
    assertThatThrownBy(() ->
            read(Proto.tensor("w", 1, 1).bytes(9, Proto.singles(1)).bytes(4, Proto.singles(2))))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("its numbers stand there twice, as bytes and as a list");
    Weights empty = read(Proto.tensor("w", 1, 1).bytes(9, new byte[0]).bytes(4, Proto.singles(2)));
    assertThat(empty.tensors().get("w").floats()).containsExactly(2);
  }

  @Test
  void numbersBesideTheModelAreAsManyAsTheyAreSaidToBe() throws IOException {
    Files.write(folder.resolve("w.bin"), Proto.singles(1, 2, 3));
    Files.createDirectory(folder.resolve("sub"));
    assertThatThrownBy(() -> read(beside("w.bin", "12")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("A tensor of F32 [2] has 8 bytes, but there are 12");
    assertThat(read(beside("w.bin", "8")).tensors().get("w").floats()).containsExactly(1, 2);
    assertThat(read(beside("w.bin", "")).tensors().get("w").floats()).containsExactly(1, 2);
    assertThatThrownBy(() -> read(beside("sub", "")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("its numbers are said to be in \"sub\", which is a folder");
  }

  private static Proto beside(String file, String length) {
    Proto tensor =
        Proto.tensor("w", 1, 2)
            .message(13, new Proto().text(1, "location").text(2, file))
            .number(14, 1);
    return length.isEmpty()
        ? tensor
        : tensor.message(13, new Proto().text(1, "length").text(2, length));
  }

  @Test
  void onnxsOwnOperatorsNeedAnOpset() throws IOException {
    Proto node = new Proto().text(1, "x").text(2, "y").text(4, "Relu");
    Proto model =
        new Proto()
            .number(1, 8)
            .message(7, new Proto().message(1, node).text(2, "g"))
            .message(8, new Proto().text(1, "my.domain").number(2, 3));
    assertThatThrownBy(() -> Weights.read(file(model)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the model says no opset_import for ONNX's own operators, so");
  }
}
