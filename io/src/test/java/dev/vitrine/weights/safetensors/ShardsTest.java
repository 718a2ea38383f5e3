package dev.vitrine.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardsTest {
  @TempDir private Path folder;

  private void shard(String name, String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).putFloat(1.5f);
    Files.write(folder.resolve(name), bytes.array());
  }

  private static String tensor(String name) {
    return "{\"%s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}".formatted(name);
  }

  private Path index(Map<String, String> map) throws IOException {
    return Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        Json.pretty(Map.of("metadata", Map.of("total_size", 8), "weight_map", map)));
  }

  @BeforeEach
  void shards() throws IOException {
    shard("model-1.safetensors", tensor("a"), 4);
    shard("model-2.safetensors", tensor("b"), 4);
  }

  @Test
  void anIndexOrItsFolderOpensAllFiles() throws IOException {
    Path index = index(Map.of("a", "model-1.safetensors", "b", "model-2.safetensors"));
    for (Path path : new Path[] {index, folder}) {
      Weights weights = Weights.read(path);
      assertThat(weights.tensors().keySet()).containsExactlyInAnyOrder("a", "b");
      assertThat(weights.tensors().get("b").floats()).containsExactly(1.5f);
      assertThat(weights.format()).isEqualTo("safetensors in several files");
    }
  }

  @Test
  void whatIndexAndFilesDoNotBothHaveIsNamed() throws IOException {
    Weights weights =
        Weights.read(index(Map.of("c", "model-1.safetensors", "b", "model-2.safetensors")));
    assertThat(weights.tensors().keySet()).containsExactly("b");
    assertThat(weights.all())
        .contains(
            new Weights.Found(
                "c",
                new Stored.Unread(
                    "missing tensor", "the index promises it in \"model-1.safetensors\"")),
            new Weights.Found(
                "a",
                new Stored.Unread(
                    "unlisted tensor",
                    "it stands in \"model-1.safetensors\", but not in the index")));
  }

  @Test
  void aTotalSizeThatTheFilesDoNotHaveIsTold() throws IOException {
    Map<String, String> map = Map.of("a", "model-1.safetensors", "b", "model-2.safetensors");
    assertThat(Weights.read(index(map)).all()).hasSize(2);
    for (Object wrong : List.of(-8, 12, "8", 8.5)) {
      Path index =
          Files.writeString(
              folder.resolve("model.safetensors.index.json"),
              Json.pretty(Map.of("metadata", Map.of("total_size", wrong), "weight_map", map)));
      assertThat(Weights.read(index).tensors()).hasSize(2);
      assertThat(Weights.read(index).all())
          .contains(
              new Weights.Found(
                  "metadata.total_size",
                  new Stored.Unread(
                      "total size of %s".formatted(JsonObject.shown(wrong)),
                      "the tensors in its files have 8 bytes")));
    }
  }

  @Test
  void aTensorInTwoFilesOrInTheOtherIsNamed() throws IOException {
    shard("model-3.safetensors", tensor("a"), 4);
    String second = "model-3.safetensors";
    Weights twice =
        Weights.read(
            index(Map.of("a", "model-1.safetensors", "b", "model-2.safetensors", "c", second)));
    assertThat(twice.all())
        .contains(
            new Weights.Found(
                "a in model-3.safetensors",
                new Stored.Unread(
                    "second tensor of the name", "the index has that of \"model-1.safetensors\"")));
    Weights swapped = Weights.read(index(Map.of("a", "model-2.safetensors", "b", second)));
    assertThat(swapped.all())
        .contains(
            new Weights.Found(
                "a",
                new Stored.Unread(
                    "missing tensor",
                    "the index promises it in \"model-2.safetensors\", but it stands in \"model-3.safetensors\"")));
  }

  @Test
  void whatIsInSeveralFilesIsTold() throws IOException {
    assertThat(Weights.isInSeveralFiles(folder)).isFalse();
    Path index = index(Map.of("a", "model-1.safetensors"));
    assertThat(Weights.isInSeveralFiles(folder)).isTrue();
    assertThat(Weights.isInSeveralFiles(index)).isTrue();
    assertThat(Weights.isInSeveralFiles(folder.resolve("model-1.safetensors"))).isFalse();
    assertThat(Weights.isInSeveralFiles(folder.resolve("none"))).isFalse();
  }

  @Test
  void filesThatAreMissingOrElsewhereAreNamed() throws IOException {
    refused(
        Map.of("a", "model-1.safetensors", "b", "model-3.safetensors"),
        "1 of its 2 files is missing: \"model-3.safetensors\"");
    for (String path : new String[] {"../w.safetensors", "/etc/passwd", "x/../../w", ".", "a\0b"}) {
      refused(
          Map.of("a", path),
          "its files must be in its own folder, but it names \"%s\""
              .formatted(path.replace("\0", "\\u0000")));
    }
    Files.writeString(folder.resolve("text"), "no tensors");
    refused(Map.of("a", "text"), "\"text\" is no safetensors file");
    refused(
        Map.of("a", "model.safetensors.index.json"),
        "\"model.safetensors.index.json\" is no safetensors file");
  }

  private void refused(Map<String, String> map, String fault) throws IOException {
    Path index = index(map);
    assertThatThrownBy(() -> Weights.read(index))
        .isInstanceOf(UserException.class)
        .hasMessage("%s: %s".formatted(index, fault));
  }

  @Test
  void aFolderWithoutOneIndexIsRefused() {
    assertThatThrownBy(() -> Weights.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder
                + " is a folder with 0 files that end with .safetensors.index.json, but one was"
                + " expected: name a file of weights");
  }

  @Test
  void anUnknownDtypeIsNamedAndTheRestIsRead() throws IOException {
    shard(
        "w",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"q\":{\"dtype\":\"F4\",\"shape\":[4],\"data_offsets\":[4,6]}}",
        6);
    Weights weights = Weights.read(folder.resolve("w"));
    assertThat(weights.tensors().get("w").floats()).containsExactly(1.5f);
    assertThat(weights.all())
        .contains(
            new Weights.Found(
                "q", new Stored.Unread("tensor of \"F4\"", "that dtype is not known")));
  }

  @Test
  void aHeaderOfTwoToThe63BytesIsSafetensorsAllTheSame() throws IOException {
    byte[] bytes = "........{\"w\":{}}  ".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 63);
    Path file = Files.write(folder.resolve("lies"), bytes);
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + ": truncated or not a safetensors file: its header would have 9223372036854775808"
                + " bytes of its 18");
  }

  @Test
  void everyDtypeOfARealFile() {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Weights weights =
        Weights.read(Path.of(data, "models", "others", "fluxml_model.with_metadata.safetensors"));
    assertThat(weights.tensors()).hasSize(36);
    assertThat(weights.tensors().get("bfloat16_3").floats())
        .containsExactly(-.82421875f, -.37304688f, .84375f);
  }
}
