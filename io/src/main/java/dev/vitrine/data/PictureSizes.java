package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.ImageSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What size and how many channels the pictures of a folder are to have, as their headers say. */
final class PictureSizes {
  /** What the headers say of all of them. */
  record Common(ImageSize size, boolean grey) {}

  private final Path folder;
  private final List<PictureList> lists;
  private final Optional<ImageSize> wanted;
  private Optional<Common> found = Optional.empty();

  PictureSizes(Path folder, List<PictureList> lists, Optional<ImageSize> wanted) {
    this.folder = folder;
    this.lists = lists;
    this.wanted = wanted;
  }

  /**
   * What all have, or are brought to. Looked up once.
   *
   * @throws UserException if a picture is damaged, or they differ and nothing is wanted
   */
  Common common() {
    if (found.isEmpty()) {
      List<Path> files = lists.stream().flatMap(list -> list.files().stream()).toList();
      ImageFile.Outline[] outlines = new ImageFile.Outline[files.size()];
      FirstFailure.run(files.size(), i -> outlines[i] = ImageFile.outline(files.get(i)));
      boolean grey = true;
      for (int i = 0; i < outlines.length; i++) {
        grey &= outlines[i].grey();
        if (wanted.isEmpty() && !outlines[i].size().equals(outlines[0].size())) {
          throw UserException.advising(
              "%s: the pictures differ in size, %s is %s and %s %s"
                  .formatted(
                      folder,
                      folder.relativize(files.getFirst()),
                      outlines[0].size(),
                      folder.relativize(files.get(i)),
                      outlines[i].size()),
              "say with %s what size all are to be brought to",
              "The size");
        }
      }
      found = Optional.of(new Common(wanted.orElse(outlines[0].size()), grey));
    }
    return found.get();
  }
}
