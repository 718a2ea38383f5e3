package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Cifar10FolderTest {
  private static final int RECORD = 3073;

  @TempDir Path folder;

  /** Record i has label (first + i) mod 10; its pixels count on from there. */
  private static byte[] records(int count, int first) {
    byte[] bytes = new byte[count * RECORD];
    for (int i = 0; i < bytes.length; i++) {
      int record = i / RECORD;
      bytes[i] = (byte) (i % RECORD == 0 ? (first + record) % 10 : i % RECORD + 7 * record);
    }
    return bytes;
  }

  private void fill() throws IOException {
    Files.write(folder.resolve("data_batch_2.bin"), records(3, 5));
    Files.write(folder.resolve("data_batch_1.bin"), records(2, 0));
    Files.write(folder.resolve("test_batch.bin"), records(4, 6));
  }

  @Test
  void readsAllBatchesInTheOrderOfTheirNames() throws IOException {
    fill();
    DataSplits data = new Cifar10Folder(folder).load();
    Dataset train = data.train();
    assertThat(train).hasToString("CIFAR-10: 5 images of (3, 32, 32) in 10 classes");
    assertThat(data.test().size()).isEqualTo(4);
    assertThat(train.classNames()).startsWith("airplane", "automobile").endsWith("truck");
    assertThat(new int[] {train.label(0), train.label(1), train.label(2), train.label(4)})
        .containsExactly(0, 1, 5, 7);
    assertThat(train.pixel(0, 0)).isEqualTo(1);
    assertThat(train.pixel(0, 3071)).isEqualTo(3072 % 256);
    // The second record of the second file: its pixels begin one record and one byte in.
    assertThat(train.pixel(3, 1024)).isEqualTo((1025 + 7) % 256);
  }

  @Test
  void filesThatAreNotAsPublishedAreNamed() throws IOException {
    fill();
    Files.write(folder.resolve("data_batch_more.bin"), records(3, 5));
    Origin origin = new Cifar10Folder(folder).loadTrain().origin();
    assertThat(origin.warnings()).hasSize(3);
    String one = Md5.of(records(2, 0));
    assertThat(origin.checksums()).hasSize(3).containsEntry("data_batch_1.bin", one);
    assertThat(origin.warnings().getFirst())
        .isEqualTo(
            "%s is not CIFAR-10's data_batch_1.bin as published (its content's MD5 sum is %s, not"
                    .formatted(folder.resolve("data_batch_1.bin"), one)
                + " 5dd7e06a14cb22eb9f671a540d1b7c25): numbers may not compare with those of"
                + " others");
    assertThat(origin.warnings().getLast())
        .isEqualTo(
            "%s is no file of CIFAR-10 as published: numbers may not compare with those of others",
            folder.resolve("data_batch_more.bin"));
  }

  @Test
  void theFilesNamesOfTheClassesAreUsed() throws IOException {
    fill();
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    assertThat(new Cifar10Folder(folder).loadTest().classNames())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\n");
    assertRefused(
        "FOLDER/batches.meta.txt: expected the names of 10 classes, one a line, but got 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data_batch_1.bin|truncated|FOLDER/data_batch_1.bin: truncated, or not CIFAR-10's binary version:"
            + " expected whole records of 3,073 bytes, but it has 6,145 bytes, 3,072 more than 1"
            + " records",
        "test_batch.bin|empty|FOLDER/test_batch.bin: truncated, or not CIFAR-10's binary version: expected"
            + " whole records of 3,073 bytes, but it has 0 bytes, 0 more than 0 records",
        "data_batch_2.bin|label|FOLDER/data_batch_2.bin: record 1 has label 10: expected labels from 0 to"
            + " 9",
      })
  void faultsAreOneSentence(String file, String damage, String sentence) throws IOException {
    fill();
    Path path = folder.resolve(file);
    byte[] bytes = Files.readAllBytes(path);
    switch (damage) {
      case "truncated" -> Files.write(path, Arrays.copyOf(bytes, bytes.length - 1));
      case "empty" -> Files.write(path, new byte[0]);
      case "label" -> {
        bytes[RECORD] = 10;
        Files.write(path, bytes);
      }
      default -> throw new IllegalArgumentException(damage);
    }
    assertRefused(sentence);
  }

  @Test
  void withoutATestFileTheRecordsAreDivided() throws IOException {
    byte[] all = records(40, 0);
    for (int i = 0; i < 40; i++) {
      all[i * RECORD + 1] = (byte) (i + 1); // no two alike
    }
    Files.write(folder.resolve("data_batch_1.bin"), all);
    DataSource source = new Cifar10Folder(folder);
    assertThat(source.remark())
        .hasValue(
            "it has no test part: of its 40 examples 5 are kept apart for the test and 5 for validation, the same whatever the seed");
    DataSplits parts = source.load();
    assertThat(parts.train().size()).isEqualTo(30);
    assertThat(parts.validation().orElseThrow().size()).isEqualTo(5);
    assertThat(parts.test().size()).isEqualTo(5);
    assertThat(source.loadTest().pixel(4, 0)).isEqualTo(parts.test().pixel(4, 0));
    Reading half = new Reading(List.of(), Optional.empty(), Optional.empty(), Optional.of(0.5));
    DataSplits halves = new Cifar10Folder(folder, half).load();
    assertThat(halves.test().size()).isEqualTo(20);
    assertThat(halves.validation()).isEmpty();
  }

  @Test
  void withoutTrainingImages() throws IOException {
    fill();
    Files.delete(folder.resolve("data_batch_1.bin"));
    Files.delete(folder.resolve("data_batch_2.bin"));
    assertRefused(
        "FOLDER lacks data_batch_*.bin, the training images of CIFAR-10's binary version");
    assertThat(new Cifar10Folder(folder).loadTest().size()).isEqualTo(4);
  }

  private void assertRefused(String sentence) {
    assertThatThrownBy(() -> new Cifar10Folder(folder).load())
        .isInstanceOf(UserException.class)
        .hasMessage(sentence.replace("FOLDER", folder.toString()));
  }

  @Test
  void itIsFoundByItsNameUnderAnyOfItsFolders() throws IOException {
    fill();
    Path root = folder.resolve("data");
    Path published = Files.createDirectories(root.resolve("cifar-10-batches-bin"));
    Files.write(published.resolve("test_batch.bin"), records(7, 0));
    var cache = folder.resolve("no-cache");
    var above = new DataFolders(Optional.of(root), Optional.empty(), cache);
    var itself = new DataFolders(Optional.of(folder), Optional.empty(), cache);
    var nowhere = new DataFolders(Optional.empty(), Optional.empty(), cache);
    Downloader none = Downloader.reportingTo(DownloadProgress.NONE);
    assertThat(above.find("cifar10", none).loadTest().size()).isEqualTo(7);
    assertThat(itself.find("cifar10", none).loadTest().size()).isEqualTo(4);
    assertThatThrownBy(() -> nowhere.find("cifar10", none))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "CIFAR-10 was not found in %s: unpack cifar-10-binary.tar.gz, and say by the data"
                + " folder where data_batch_1.bin and test_batch.bin are",
            cache);
  }

  @Test
  void readsRealRecords() {
    String data = System.getenv(DataFolders.VARIABLE);
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Path real = Path.of(data, "cifar10");
    assumeTrue(Files.isDirectory(real), "there is no " + real);
    Dataset train = new Cifar10Folder(real).loadTrain();
    assertThat(train.size() % 1000).isZero();
    // The batch's first images are a frog, a truck, a truck and a deer.
    assertThat(new int[] {train.label(0), train.label(1), train.label(2), train.label(3)})
        .containsExactly(6, 9, 9, 4);
    assertThat(train.pixel(0, 0)).isEqualTo(59);
    assertThat(train.pixel(0, 1024)).isEqualTo(62);
    assertThat(train.pixel(0, 2048)).isEqualTo(63);
  }
}
