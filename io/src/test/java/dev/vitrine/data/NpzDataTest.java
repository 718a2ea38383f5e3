package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpzDataTest {
  private static final int COURSE = 18_720;

  @TempDir Path folder;

  private static DataSource find(Path file, Reading reading) {
    var request = new DataRequest(file.toString(), reading, Optional.empty(), List.of());
    var nowhere = new DataFolders(Optional.empty(), Optional.empty(), Path.of("none"));
    return nowhere.find(request, Downloader.reportingTo(DownloadProgress.NONE));
  }

  private static Reading shaped(int... sizes) {
    return new Reading(List.of(), Optional.empty(), Optional.of(Shape.of(sizes)), Optional.of(1.0));
  }

  private static Reading share(double test) {
    return new Reading(List.of(), Optional.empty(), Optional.empty(), Optional.of(test));
  }

  private Dataset all(TinyNpz arrays) throws IOException {
    return find(arrays.write(folder.resolve("data.npz")), share(1)).loadTest();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    IntStream.range(0, values.length).forEach(i -> bytes[i] = (byte) values[i]);
    return bytes;
  }

  @Test
  void imagesOfAllLayoutsAreRead() throws IOException {
    byte[] twelve = bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    byte[] labels = bytes(1, 0);
    Dataset grey =
        all(
            new TinyNpz()
                .with("images", "|u1", "(2, 2, 3)", twelve)
                .with("labels", "|u1", "(2,)", labels));
    assertThat(grey.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(grey.pixel(1, 0)).isEqualTo(7);
    assertThat(grey.classNames()).containsExactly("0", "1");
    assertThat(grey.label(0)).isEqualTo(1);
    assertThat(grey.origin().checksums()).containsOnlyKeys("data.npz");
    Dataset last =
        all(
            new TinyNpz()
                .with("X", "|u1", "(2, 2, 1, 3)", twelve)
                .with("y", "|u1", "(2, 1)", labels));
    assertThat(last.shape()).isEqualTo(Shape.of(3, 2, 1));
    assertThat(IntStream.range(0, 6).map(e -> last.pixel(0, e))).containsExactly(1, 4, 2, 5, 3, 6);
    Dataset first =
        all(
            new TinyNpz()
                .with("data", "|u1", "(1, 3, 2, 2)", twelve)
                .with("target", "|u1", "(1,)", bytes(0)));
    assertThat(first.shape()).isEqualTo(Shape.of(3, 2, 2));
    assertThat(IntStream.range(0, 6).map(e -> first.pixel(0, e))).containsExactly(1, 2, 3, 4, 5, 6);
    Path two =
        new TinyNpz()
            .with("x", "|u1", "(2, 1, 2, 3)", twelve)
            .with("y", "|u1", "(2,)", labels)
            .write(folder.resolve("two.npz"));
    assertRefused(
        two,
        share(1),
        "FILE: it is not clear which axis of \"x\", [2, 1, 2, 3], are the channels: say the shape of an example with the examples' shape");
    assertThat(find(two, shaped(3, 1, 2)).loadTest().pixel(0, 1)).isEqualTo(4);
    assertThat(find(two, shaped(1, 2, 3)).loadTest().pixel(0, 1)).isEqualTo(2);
  }

  @Test
  void samplesFrom0To1And0To255AreTheSameImages() throws IOException {
    byte[] labels = bytes(0, 1);
    float[] whole = {0, 51, 102, 255};
    float[] unit = {0, 0.2f, 0.4f, 1};
    for (float[] values : List.of(whole, unit)) {
      Dataset data =
          all(
              new TinyNpz()
                  .floats("x", "(2, 1, 2)", values.clone())
                  .with("y", "|u1", "(2,)", labels));
      assertThat(data.hasFloats()).isFalse();
      assertThat(IntStream.range(0, 2).map(e -> data.pixel(1, e))).containsExactly(102, 255);
    }
    Dataset between =
        all(
            new TinyNpz()
                .floats("x", "(2, 1, 2)", 0, 0.3f, 0.5f, 1)
                .with("y", "|u1", "(2,)", labels));
    assertThat(between.hasFloats()).isTrue();
    float[] one = new float[2];
    between.read(0, one);
    assertThat(one[1]).isEqualTo(0.3f * 255);
    Dataset features =
        all(
            new TinyNpz()
                .floats("x", "(2, 2)", -3, 0.5f, 1e6f, 1)
                .with("y", "|u1", "(2,)", labels));
    assertThat(features).hasToString(features.name() + ": 2 examples of (2) in 2 classes");
  }

  @Test
  void partsOfTheirOwnAreKept() throws IOException {
    Path file =
        new TinyNpz()
            .with("x_train", "|u1", "(4, 1, 2)", bytes(1, 2, 3, 4, 5, 6, 7, 8))
            .with("y_train", "<i8", "(4,)", new byte[32])
            .with("val_images", "|u1", "(1, 1, 2)", bytes(9, 9))
            .with("val_labels", "|u1", "(1,)", bytes(2))
            .with("x_test", "|u1", "(2, 1, 2)", bytes(10, 11, 12, 13))
            .with("y_test", "|u1", "(2,)", bytes(1, 0))
            .write(folder.resolve("parts.npz"));
    DataSource source = find(file, Reading.USUAL);
    assertThat(source.outline().train()).isEqualTo(4);
    assertThat(source.outline().validation()).isEqualTo(1);
    assertThat(source.outline().test()).isEqualTo(2);
    assertThat(source.remark()).isEmpty();
    DataSplits parts = source.load();
    assertThat(parts.train().size()).isEqualTo(4);
    assertThat(parts.validation().orElseThrow().label(0)).isEqualTo(2);
    assertThat(parts.test().pixel(1, 1)).isEqualTo(13);
    assertThat(parts.test().classNames()).containsExactly("0", "1", "2");
    assertRefused(file, share(0.2), "FILE has a test part of its own: leave the test share out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a|u1|(2, 1, 2)|y|u1|(2,)|FILE: expected arrays of images and labels, such as images and labels, or x_train, y_train, x_test and y_test, but it holds \"a\" [2, 1, 2], \"y\" [2]",
        "x|u1|(2, 1, 2)|y|u1|(4,)|FILE: \"x\" has 2 examples, but \"y\" has 4 labels: expected equal numbers",
        "x|u1|(2, 1, 2)|y|u1|(2, 2)|FILE: \"y\": expected one label an example, but its sizes are [2, 2]",
        "x|u1|(2, 1, 1, 1, 2)|y|u1|(2,)|FILE: \"x\": expected images (N, H, W), (N, H, W, C) or (N, C, H, W), or features (N, F), but its sizes are [2, 1, 1, 1, 2]",
        "x|c8|(2, 1, 2)|y|u1|(2,)|FILE: \"x\": expected numbers, but its elements are others",
        "x|i1|(2, 1, 2)|y|u1|(2,)|FILE: samples of images are 0 to 255, or 0 to 1, but there are some from -1 to 4",
        "x|u1|(2, 1, 2)|y|i1|(2,)|FILE: \"y\": labels are classes from 0 to 65535, but example 0 has -1",
      })
  void whatIsUnclearIsOneSentence(
      String x, String xType, String xShape, String y, String yType, String yShape, String sentence)
      throws IOException {
    int bytes = xType.equals("c8") ? 32 : 4;
    byte[] content = Arrays.copyOf(bytes(-1, 2, 3, 4), bytes);
    byte[] labels =
        Arrays.copyOf(bytes(yType.equals("i1") ? -1 : 1, 1, 1, 1), yShape.equals("(2,)") ? 2 : 4);
    Path file =
        new TinyNpz()
            .with(x, (xType.equals("c8") ? "<" : "|") + xType, xShape, content)
            .with(y, "|" + yType, yShape, labels)
            .write(folder.resolve("bad.npz"));
    assertRefused(file, share(1), sentence);
  }

  private static void assertRefused(Path file, Reading reading, String sentence) {
    assertThatThrownBy(() -> find(file, reading).loadTest())
        .isInstanceOf(UserException.class)
        .hasMessage(sentence.replace("FILE", file.toString()));
  }

  /** Of the course's size, each hundredth picture the same. */
  @Test
  void theCoursesArchiveIsDividedAsTheCourseDoesIt() throws IOException {
    byte[] images = new byte[COURSE * 4];
    byte[] labels = new byte[COURSE];
    for (int i = 0; i < COURSE; i++) {
      ByteBuffer.wrap(images).putInt(4 * i, i % 100 == 0 ? -1 : i);
      labels[i] = (byte) (i % 10);
    }
    Path file =
        new TinyNpz()
            .with("images", "|u1", "(18720, 2, 2)", images)
            .with("labels", "|u1", "(18720,)", labels)
            .write(folder.resolve("notMNIST.npz"));
    DataSource source = find(file, Reading.USUAL);
    assertThat(source.remark())
        .hasValue(
            "divided in the file's order as the course does it, 15,000, 1,000 and 2,720, with copies of one picture on one side");
    DataSplits parts = source.load();
    assertThat(parts.train().size()).isEqualTo(15_000);
    assertThat(parts.validation().orElseThrow().size()).isEqualTo(1_000);
    assertThat(parts.test().size()).isEqualTo(2_720);
    assertThat(parts.test().classNames()).startsWith("A", "B").endsWith("J");
    // All 188 copies of the first picture, to the last at 18,700, are learned from.
    assertThat(place(parts.train(), 14_999)).isEqualTo(-1);
    assertThat(place(parts.train(), 0)).isEqualTo(-1);
    assertThat(IntStream.range(0, 2_720).map(i -> place(parts.test(), i))).doesNotContain(-1);
    assertThat(place(parts.test(), 2_719)).isEqualTo(18_719);
    DataSplits shared = find(file, share(0.5)).load();
    assertThat(shared.test().size()).isEqualTo(9_360);
  }

  private static int place(Dataset data, int example) {
    return ByteBuffer.wrap(data.pixels()).getInt(data.offset(example));
  }

  /** The ten thousand letters that the data folder may hold: 196 of them are copies. */
  @Test
  void lettersOfTheDataFolderAreDividedWithoutCopiesOnBothSides() {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    var folders = new DataFolders(Optional.of(Path.of(data)), Optional.empty(), Path.of("none"));
    DataSource source = folders.find("notmnist", Downloader.reportingTo(DownloadProgress.NONE));
    assertThat(source.remark())
        .hasValue(
            "it has no test part: of its 10,000 examples 1,500 are kept apart for the test, the same whatever the seed");
    DataSplits parts = source.load().holdOut(0.1, Seed.of(7));
    assertThat(parts.train()).hasToString("notMNIST: 7,650 images of (1, 28, 28) in 10 classes");
    Set<ByteBuffer> learned = pictures(parts.train());
    Set<ByteBuffer> held = pictures(parts.validation().orElseThrow());
    Set<ByteBuffer> tested = pictures(parts.test());
    assertThat(learned.size() + held.size() + tested.size()).isEqualTo(9_804);
    assertThat(learned).doesNotContainAnyElementsOf(held).doesNotContainAnyElementsOf(tested);
    assertThat(held).doesNotContainAnyElementsOf(tested);
  }

  private static Set<ByteBuffer> pictures(Dataset data) {
    Set<ByteBuffer> all = new HashSet<>();
    for (int i = 0; i < data.size(); i++) {
      all.add(ByteBuffer.wrap(data.pixels(), data.offset(i), 784));
    }
    return all;
  }
}
