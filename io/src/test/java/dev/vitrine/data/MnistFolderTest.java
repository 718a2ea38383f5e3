package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Idx;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MnistFolderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsPlainAndPackedFolders(boolean packed) {
    DataSplits data = MnistFolder.of(TinyMnist.write(folder, 3, packed)).load();
    assertThat(data.train()).hasToString(folder + ": 6 images of (1, 2, 3) in 3 classes");
    assertThat(data.test().size()).isEqualTo(4);
    assertThat(data.validation()).isEmpty();
    assertThat(data.train().classNames()).containsExactly("0", "1", "2");
    assertThat(data.train().pixel(5, 5)).isEqualTo(35);
    assertThat(data.train().label(5)).isEqualTo(2);
  }

  @Test
  void readsDottedNames() throws IOException {
    TinyMnist.write(folder, 3, false);
    Files.move(
        folder.resolve("train-images-idx3-ubyte"), folder.resolve("train-images.idx3-ubyte"));
    assertThat(MnistFolder.of(folder).load().train().size()).isEqualTo(6);
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    TinyMnist.write(folder, 3, true);
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
    assertRefused(
        MnistFolder.of(folder),
        "%s lacks train-images-idx3-ubyte, train-labels-idx1-ubyte (plain or .gz), needed for a"
            + " data set in MNIST's layout");
    assertThat(MnistFolder.of(folder).loadTest().size()).isEqualTo(4);
  }

  @Test
  void theTestDataKnowTheClassesOfTheTrainingData() {
    Dataset test = MnistFolder.of(TinyMnist.write(folder, 6, false)).loadTest();
    assertThat(test.size()).isEqualTo(4);
    assertThat(test.classNames()).hasSize(6);
  }

  @Test
  void differingCountsAreRefused() {
    TinyMnist.write(folder, 3, false);
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    Idx.write(labels, Shape.of(5), new byte[5]);
    assertRefused(
        MnistFolder.of(folder),
        "%s/train-images-idx3-ubyte has 6 images, but %s/train-labels-idx1-ubyte has 5 labels:"
            + " expected equal numbers");
  }

  @Test
  void differingSizesAreRefused() {
    TinyMnist.write(folder, 3, false);
    Idx.write(folder.resolve("t10k-images-idx3-ubyte"), Shape.of(4, 3, 2), new byte[24]);
    assertRefused(
        MnistFolder.of(folder),
        "%s: the training images are (1, 2, 3), but the test images are (1, 3, 2): expected equal"
            + " sizes");
  }

  @Test
  void labelsOutOfRangeAreRefused() {
    TinyMnist.write(folder, 5, false);
    assertRefused(
        new MnistFolder("mine", folder, List.of("a", "b", "c", "d"), Map.of()),
        "Data set mine expects labels from 0 to 3, but example 4 has label 4");
  }

  /** As 32-bit integers. */
  private void labels(MnistFile file, int... labels) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * labels.length);
    bytes.putInt(0x0C01).putInt(labels.length);
    IntStream.of(labels).forEach(bytes::putInt);
    Files.write(folder.resolve(file.plainName()), bytes.array());
  }

  @Test
  void classesAreAsManyAsLabelsSay() throws IOException {
    TinyMnist.write(folder, 3, false);
    labels(MnistFile.TRAIN_LABELS, 0, 299, 256, 1000, 4, 5);
    Dataset train = MnistFolder.of(folder).load().train();
    assertThat(train.classNames()).hasSize(1001).endsWith("1000");
    assertThat(IntStream.range(0, 6).map(train::label)).containsExactly(0, 299, 256, 1000, 4, 5);
    assertThat(MnistFolder.of(folder).loadTest().classNames()).hasSize(1001);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536, Integer.MAX_VALUE})
  void labelsThatAreNoClassesAreRefused(int label) throws IOException {
    TinyMnist.write(folder, 3, false);
    labels(MnistFile.TEST_LABELS, 0, 1, label, 2);
    assertRefused(
        MnistFolder.of(folder),
        "%s/t10k-labels-idx1-ubyte: labels are classes from 0 to 65535, but example 2 has label "
            + label);
  }

  /** As unpacked, so that it is the same whether a file is packed, and how. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNotAsPublishedIsNamed(boolean packed) throws IOException {
    Map<String, String> published =
        MnistFolder.of(TinyMnist.write(folder, 3, !packed)).load().origin().checksums();
    assertThat(published).hasSize(4);
    Path other = Files.createDirectory(folder.resolve("other"));
    TinyMnist.write(other, 3, packed);
    var source = new MnistFolder("Tiny", other, List.of("a", "b", "c"), published);
    assertThat(source.load().origin()).isEqualTo(new Origin(published, List.of()));
    Path labels = MnistFile.TEST_LABELS.in(other).orElseThrow();
    TinyMnist.write(labels, MnistFile.TEST_LABELS, 2);
    String md5 = Md5.of(Idx.read(labels, 1));
    String right = published.get("t10k-labels-idx1-ubyte");
    assertThat(source.load().origin().warnings())
        .containsExactly(
            labels
                + " is not Tiny's t10k-labels-idx1-ubyte as published (its content's MD5 sum is "
                + md5
                + ", not "
                + right
                + "): numbers may not compare with those of others")
        .isEqualTo(source.loadTest().origin().warnings());
    assertThat(MnistFolder.of(other).load().origin().warnings()).isEmpty();
  }

  @Test
  void aMissingFolderIsRefused() {
    assertRefused(MnistFolder.of(folder.resolve("no")), "%s/no is not a folder");
  }

  private void assertRefused(MnistFolder source, String sentence) {
    assertThatThrownBy(source::load)
        .isInstanceOf(UserException.class)
        .hasMessage(sentence.replace("%s", folder.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "fashion"})
  void readsThePublishedDataSets(String name) {
    KnownData known = KnownData.named(name).orElseThrow();
    Path published = RealData.folder(known.folders().getFirst());
    DataSplits data = MnistFolder.of(known, published).load();
    assertThat(data.origin().checksums()).isEqualTo(known.plainMd5s());
    assertThat(data.origin().warnings()).isEmpty();
    assertThat(data.train())
        .hasToString(known.title() + ": 60,000 images of (1, 28, 28) in 10 classes");
    assertThat(data.test().size()).isEqualTo(10_000);
    boolean mnist = name.equals("mnist");
    assertThat(data.train().label(0)).isEqualTo(mnist ? 5 : 9);
    assertThat(data.test().label(0)).isEqualTo(mnist ? 7 : 9);
    assertThat(meanPixel(data.train())).isEqualTo(mnist ? 33 : 72);
  }

  private static long meanPixel(Dataset dataset) {
    long sum = 0;
    for (byte pixel : dataset.pixels()) {
      sum += pixel & 0xFF;
    }
    return sum / dataset.pixels().length;
  }

  @Test
  void readsTheTestPartOfAFolderThatHasNoOther() {
    Path letters = RealData.folder("notmnist-10k");
    Dataset test = MnistFolder.of(letters).loadTest();
    assertThat(test.size()).isEqualTo(10_000);
    assertThat(test.classNames()).hasSize(10);
    assertThatThrownBy(() -> MnistFolder.of(letters).load())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lacks train-images-idx3-ubyte, train-labels-idx1-ubyte");
  }

  @Test
  void thePublishedFilesHaveTheListedSums() throws IOException {
    for (KnownData known : KnownData.ALL) {
      Path published = RealData.folder(known.folders().getFirst());
      for (RemoteFile file : known.files()) {
        byte[] bytes = Files.readAllBytes(published.resolve(file.name()));
        assertThat(bytes).hasSize((int) file.size());
        assertThat(Md5.of(bytes)).isEqualTo(file.md5());
      }
    }
  }

  /** Where the environment says that real data are. */
  private static final class RealData {
    static Path folder(String name) {
      String data = System.getenv(DataFolders.VARIABLE);
      assumeTrue(data != null, "VITRINE_DATA names no data folder");
      Path folder = Path.of(data, name);
      assumeTrue(Files.isDirectory(folder), "there is no " + folder);
      return folder;
    }
  }
}
