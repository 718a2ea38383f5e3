package dev.vitrine.cli;

import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Pictures that nobody can be shown, and the smallest that can. */
final class BadPictures {
  /** A header of four channels, 8 × 8, and no picture behind it. */
  private static final String CMYK_JPEG =
      "ffd8" + "ffc0" + "0014" + "08" + "00080008" + "04" + "011100021100031100041100" + "ffd9";

  private BadPictures() {}

  static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("text.png"), "hello");
    Files.writeString(folder.resolve("empty.png"), "");
    Files.writeString(folder.resolve("photo.gif"), "GIF89a");
    byte[] jpeg = HexFormat.of().parseHex(CMYK_JPEG);
    Files.write(folder.resolve("cmyk.jpg"), jpeg);
    Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(jpeg, jpeg.length - 2));
    byte[] png = Png.bytes(Raster.black(8, 8, 1));
    Files.write(folder.resolve("cut.png"), Arrays.copyOf(png, png.length - 9));
    Files.write(folder.resolve("huge.png"), ofSize(30_000, 30_000));
    Png.write(folder.resolve("thin.png"), Raster.black(65_536, 1, 1));
    Png.write(folder.resolve("point.png"), Raster.black(1, 1, 1));
  }

  /** A small PNG whose header, at byte 8, says another size. */
  private static byte[] ofSize(int width, int height) {
    byte[] png = Png.bytes(Raster.black(1, 1, 1));
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
    return png;
  }
}
