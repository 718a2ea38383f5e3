package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir Path folder;

  @Test
  void allGoesAndWhatLinksLeadToStays() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path kept = Files.writeString(elsewhere.resolve("kept"), "x");
    Path gone = folder.resolve("gone");
    Files.createDirectories(gone.resolve("a/b"));
    Files.writeString(gone.resolve("a/b/c"), "x");
    Files.createSymbolicLink(gone.resolve("link"), elsewhere);
    Folders.delete(gone);
    assertThat(gone).doesNotExist();
    assertThat(kept).exists();
    Folders.delete(gone);
  }
}
