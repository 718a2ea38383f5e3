package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.Raster;
import dev.vitrine.image.Resampler;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The pictures of one part of a folder.
 *
 * @param name of the data
 * @param root the folder of all parts
 * @param list the pictures
 * @param classes the names of all classes
 * @param sizes what size they have or are brought to
 */
record Pictures(String name, Path root, PictureList list, List<String> classes, PictureSizes sizes)
    implements Heap {
  /** What is behind transparent pictures. */
  private static final int WHITE = 255;

  private static final int COLOURS = 3;

  @Override
  public DataOutline outline() {
    int count = list.files().size();
    return new DataOutline(shape(), false, Optional.empty(), count, 0, 0, 0);
  }

  private Shape shape() {
    PictureSizes.Common common = sizes.common();
    return Shape.of(common.grey() ? 1 : COLOURS, common.size().height(), common.size().width());
  }

  @Override
  public Dataset load() {
    List<Path> files = list.files();
    Shape shape = shape();
    if ((long) files.size() * shape.elements() > Integer.MAX_VALUE - 8) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: %,d pictures of %s are more than an array holds: make them smaller",
              name,
              files.size(),
              shape));
    }
    byte[] pixels = new byte[files.size() * shape.elements()];
    byte[][] sums = new byte[files.size()][];
    FirstFailure.run(
        files.size(),
        i -> {
          sums[i] = sum(files.get(i));
          picture(files.get(i)).planes(pixels, i * shape.elements(), shape.size(0));
        });
    int[] labels = Arrays.stream(list.labels()).map(this::label).toArray();
    return Dataset.of(name, shape, pixels, Targets.Classes.of(classes, labels))
        .origin(new Origin(checksums(sums), list.warnings()));
  }

  private int label(int ofList) {
    return classes.indexOf(list.classes().get(ofList));
  }

  private Raster picture(Path file) {
    Raster picture = ImageFile.read(file, WHITE).picture();
    ImageSize size = sizes.common().size();
    boolean same = picture.width() == size.width() && picture.height() == size.height();
    return same ? picture : Resampler.resize(picture, size.width(), size.height());
  }

  private static byte[] sum(Path file) {
    try {
      return Md5.digest().digest(Files.readAllBytes(file));
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /**
   * One for each class, of its pictures' names and contents: thousands would be no line to read.
   */
  private Map<String, String> checksums(byte[][] sums) {
    String part = root.relativize(list.folder()).toString();
    Map<String, String> checksums = new TreeMap<>();
    for (int c = 0; c < list.classes().size(); c++) {
      int kind = c;
      MessageDigest digest = Md5.digest();
      IntStream.range(0, sums.length)
          .filter(i -> list.labels()[i] == kind)
          .forEach(i -> {
            String file = PictureList.name(list.files().get(i));
            digest.update(file.getBytes(StandardCharsets.UTF_8));
            digest.update(sums[i]);
          });
      String at = part.isEmpty() ? "" : part + "/";
      checksums.put(at + list.classes().get(c), Md5.hex(digest));
    }
    return checksums;
  }
}
