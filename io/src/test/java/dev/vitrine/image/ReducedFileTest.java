package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReducedFileTest {
  @TempDir private Path folder;

  @Test
  void aSmallPictureStaysAsItIs() {
    Path file = write(Pictures.formula(7, 5, 3));
    ReducedFile read = ReducedFile.read(file, 255, 35);
    assertThat(read.step()).isEqualTo(1);
    assertThat(read.file().picture().get(6, 4, 2))
        .isEqualTo(Pictures.formula(7, 5, 3).get(6, 4, 2));
  }

  /** Squares of 2 × 2 are averaged; what remains at the right and below is averaged alone. */
  @Test
  void largerPicturesAreAveraged() {
    Raster grey = Raster.black(5, 3, 1);
    grey.set(0, 0, 0, 100);
    grey.set(1, 1, 0, 60);
    grey.set(4, 2, 0, 80);
    ReducedFile read = ReducedFile.read(write(grey), 255, 14);
    assertThat(read.step()).isEqualTo(2);
    assertThat(read.width()).isEqualTo(5);
    assertThat(read.height()).isEqualTo(3);
    assertThat(read.file().picture().get(0, 0, 0)).isEqualTo(40);
    assertThat(read.file().picture().width()).isIn(2, 3);
  }

  /** 26 million pixels: every second is decoded, and then averaged over squares of two. */
  @Test
  void ofHugePicturesPixelsAreSkipped() {
    Raster grey = Raster.black(6500, 4000, 1);
    grey.set(1, 0, 0, 255);
    grey.set(2, 2, 0, 200);
    ReducedFile read = ReducedFile.read(write(grey), 255, 3_000_000);
    assertThat(read.step()).isEqualTo(4);
    assertThat(read.file().picture().width()).isEqualTo(1625);
    assertThat(read.file().picture().height()).isEqualTo(1000);
    // The pixel of 255 is skipped; of 200, 0, 0 and 0 the mean is 50.
    assertThat(read.file().picture().get(0, 0, 0)).isEqualTo(50);
  }

  /** The header of a JPEG in several scans, without sampling: 2 · 3 bytes a pixel. */
  @Test
  void whatTakesTooMuchToDecodeIsRefused() throws IOException {
    byte[] bytes = progressive();
    int frame = frame(bytes);
    bytes[frame + 5] = (byte) (8000 >> 8);
    bytes[frame + 6] = (byte) 8000;
    bytes[frame + 7] = (byte) (8000 >> 8);
    bytes[frame + 8] = (byte) 8000;
    bytes[frame + 11] = 0x11;
    Path file = Files.write(folder.resolve("x.jpg"), bytes);
    assertThatThrownBy(() -> ReducedFile.read(file, 255, 3_000_000))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s is a JPEG in several scans (progressive) of 8,000 × 8,000 pixels, which takes 384 MB to decode: expected at most 300; save it as a usual (baseline) one, or make it smaller",
            file);
  }

  @Test
  void progressivePicturesAreRead() throws IOException {
    Path file = Files.write(folder.resolve("x.jpg"), progressive());
    assertThat(ReducedFile.read(file, 255, 3_000_000).width()).isEqualTo(32);
  }

  private static byte[] progressive() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      writer.write(null, new IIOImage(picture, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Where the frame of a progressive picture begins. */
  private static int frame(byte[] bytes) {
    int at = 0;
    while (bytes[at] != (byte) 0xFF || bytes[at + 1] != (byte) 0xC2) {
      at++;
    }
    return at;
  }

  private Path write(Raster picture) {
    Path file = folder.resolve("x.png");
    Png.write(file, picture);
    return file;
  }
}
