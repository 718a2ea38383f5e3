package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
  @TempDir Path folder;

  private static Raster plain(int width, int height, int channels, int value) {
    Raster picture = Raster.black(width, height, channels);
    picture.fill(value);
    picture.set(0, 0, 0, 7); // a corner that tells channels apart
    return picture;
  }

  private void picture(String place, Raster picture) throws IOException {
    Path file = folder.resolve(place);
    Files.createDirectories(file.getParent());
    Png.write(file, picture);
  }

  private DataSource find(Optional<Double> share, Optional<ImageSize> size, List<String> classes) {
    Reading reading = new Reading(List.of(), Optional.empty(), Optional.empty(), share);
    var request = new DataRequest(folder.toString(), reading, size, classes);
    var nowhere = new DataFolders(Optional.empty(), Optional.empty(), Path.of("none"));
    return nowhere.find(request, Downloader.reportingTo(DownloadProgress.NONE));
  }

  private DataSource find() {
    return find(Optional.empty(), Optional.empty(), List.of());
  }

  /** In an order that no listing of a folder is likely to have; Z stands before a. */
  private void threeParts() throws IOException {
    for (String kind : List.of("ähre", "a", "Z", "b")) {
      for (int i : new int[] {10, 2, 1}) {
        picture("train/%s/%s.png".formatted(kind, i), plain(3, 2, 1, 10 * i));
      }
    }
    picture("test/b/1.png", plain(3, 2, 1, 77));
    picture("valid/a/1.PNG", plain(3, 2, 1, 78));
    Files.writeString(folder.resolve("train/a/.DS_Store"), "hidden");
    Files.writeString(folder.resolve("train/a/Thumbs.db"), "hidden");
    Files.writeString(folder.resolve("README.md"), "beside the parts");
    Files.writeString(folder.resolve("train/b/notes.txt"), "no picture");
  }

  @Test
  void partsAndClassesAreInTheOrderOfTheirNames() throws IOException {
    threeParts();
    DataSource source = find();
    assertThat(source.outline())
        .isEqualTo(new DataOutline(Shape.of(1, 2, 3), false, Optional.empty(), 12, 1, 1, 0));
    DataSplits parts = source.load();
    Dataset train = parts.train();
    assertThat(train.classNames()).containsExactly("Z", "a", "b", "ähre");
    assertThat(IntStream.range(0, 12).map(train::label))
        .containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3);
    assertThat(IntStream.range(0, 3).map(i -> train.pixel(i, 5))).containsExactly(10, 100, 20);
    assertThat(train.pixel(0, 0)).isEqualTo(7);
    assertThat(parts.test().label(0)).isEqualTo(2);
    assertThat(parts.test().pixel(0, 1)).isEqualTo(77);
    assertThat(parts.validation().orElseThrow().pixel(0, 1)).isEqualTo(78);
    assertThat(train.origin().warnings())
        .containsExactly(
            "%s holds files that are no pictures, which are left out: b/notes.txt"
                .formatted(folder.resolve("train")));
  }

  @Test
  void checkSumsTellWhatChanged() throws IOException {
    threeParts();
    var before = find().load().origin().checksums();
    assertThat(before)
        .containsOnlyKeys("train/Z", "train/a", "train/b", "train/ähre", "test/b", "valid/a");
    assertThat(find().load().origin().checksums()).isEqualTo(before);
    picture("train/a/2.png", plain(3, 2, 1, 21));
    assertThat(find().load().origin().checksums().get("train/a"))
        .isNotEqualTo(before.get("train/a"));
    picture("train/a/2.png", plain(3, 2, 1, 20));
    Files.move(folder.resolve("train/b/2.png"), folder.resolve("train/b/3.png"));
    var moved = find().load().origin().checksums();
    assertThat(moved.get("train/a")).isEqualTo(before.get("train/a"));
    assertThat(moved.get("train/b")).isNotEqualTo(before.get("train/b"));
  }

  @Test
  void withoutPartsSomeAreKeptApart() throws IOException {
    for (int i = 0; i < 20; i++) {
      picture("cats/%s.png".formatted(i), plain(2, 2, 3, i + 1));
      picture("dogs/%s.png".formatted(i), plain(2, 2, 1, 100 + i));
    }
    DataSource source = find();
    assertThat(source.remark())
        .hasValue(
            "it has no test part: of its 40 examples 6 are kept apart for the test, the same whatever the seed");
    DataSplits parts = source.load();
    assertThat(parts.train()).hasToString(folder + ": 34 images of (3, 2, 2) in 2 classes");
    assertThat(parts.test().size()).isEqualTo(6);
    Dataset grey =
        parts
            .train()
            .subset(IntStream.range(0, 34).filter(i -> parts.train().label(i) == 1).toArray());
    assertThat(grey.pixel(0, 1)).isEqualTo(grey.pixel(0, 5)).isEqualTo(grey.pixel(0, 9));
  }

  @Test
  void sizesThatDifferAreBroughtToOne() throws IOException {
    picture("a/1.png", plain(4, 4, 1, 5));
    picture("b/1.png", plain(6, 4, 1, 6));
    assertRefused(
        "FOLDER: the pictures differ in size, a/1.png is 4 × 4 and b/1.png 4 × 6: say with The size what size all are to be brought to");
    DataSource source = find(Optional.of(1.0), Optional.of(new ImageSize(2, 3)), List.of());
    assertThat(source.outline().shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(source.loadTest().shape()).isEqualTo(Shape.of(1, 2, 3));
  }

  @Test
  void classesThatTheNetworkKnowsKeepTheirNumbers() throws IOException {
    picture("b/1.png", plain(4, 4, 1, 5));
    picture("b/2.png", plain(4, 4, 1, 9));
    Dataset data = find(Optional.of(1.0), Optional.empty(), List.of("c", "b", "a")).loadTest();
    assertThat(data.label(0)).isEqualTo(1);
    assertThat(data.classNames()).containsExactly("c", "b", "a");
    assertThatThrownBy(() -> find(Optional.of(1.0), Optional.empty(), List.of("c", "d")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Data set %s has the class \"b\", which the network does not know: it learned c, d"
                .formatted(folder));
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    picture("a/1.png", plain(4, 4, 1, 5));
    picture("b/1.png", plain(4, 4, 1, 6));
    Files.createDirectory(folder.resolve("c"));
    assertRefused(
        "FOLDER/c holds no picture, JPEG or PNG: fill the folder of this class, or take it away");
    Files.writeString(folder.resolve("c/x.gif"), "GIF89a......");
    assertRefused("FOLDER/c/x.gif is a GIF picture: expected JPEG or PNG; convert it first");
    Files.delete(folder.resolve("c/x.gif"));
    byte[] whole = Files.readAllBytes(folder.resolve("a/1.png"));
    Files.write(folder.resolve("c/1.png"), Arrays.copyOf(whole, whole.length - 20));
    assertThatThrownBy(() -> find().load())
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder.resolve("c/1.png") + ": truncated: this PNG ends after");
    Files.delete(folder.resolve("c/1.png"));
    picture("c/deeper/1.png", plain(4, 4, 1, 5));
    assertRefused(
        "FOLDER/c/deeper is a folder within the folder of the class \"c\": expected pictures alone");
  }

  private void assertRefused(String sentence) {
    assertThatThrownBy(() -> find().load())
        .isInstanceOf(UserException.class)
        .hasMessage(sentence.replace("FOLDER", folder.toString()));
  }
}
