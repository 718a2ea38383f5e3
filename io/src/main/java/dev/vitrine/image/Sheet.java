package dev.vitrine.image;

import java.util.List;

/**
 * How many small pictures are laid out as one: in rows, from the left, on a plain ground.
 *
 * @param columns pictures in a row
 * @param scale by how much every picture is enlarged
 * @param gap points between pictures and around them
 * @param background the samples of the ground, 0 (black) … 255 (white)
 */
public record Sheet(int columns, int scale, int gap, int background) {
  private static final int LABEL_SCALE = 2;
  private static final int WHITE = 255;

  /**
   * The layout.
   *
   * @throws IllegalArgumentException if a size is not positive (a gap may be 0) or the ground is
   *     out of range
   */
  public Sheet {
    if (columns <= 0 || scale <= 0 || gap < 0 || background < 0 || background > WHITE) {
      throw new IllegalArgumentException(
          "A sheet expects positive columns and scale, a gap ≥ 0 and a background of 0 to 255,"
              + " but got %s, %s, %s and %s".formatted(columns, scale, gap, background));
    }
  }

  /**
   * {@return a sheet without labels}
   *
   * @param pictures of one size, in rows of equally many
   */
  public Raster compose(List<Raster> pictures) {
    return compose(pictures, List.of());
  }

  /**
   * {@return the pictures in their order, the last row perhaps not full} The sheet is coloured if
   * one of them is.
   *
   * @param pictures of one size, in rows of equally many
   * @param rowLabels a short text for every row, painted to its left; or none at all
   * @throws IllegalArgumentException if there is no picture, they differ in size, or the number of
   *     labels is not that of the rows
   */
  public Raster compose(List<Raster> pictures, List<String> rowLabels) {
    int rows = Math.ceilDiv(pictures.size(), columns);
    check(pictures, rowLabels, rows);
    int stepX = pictures.getFirst().width() * scale + gap;
    int rowHeight = pictures.getFirst().height() * scale;
    if (!rowLabels.isEmpty()) {
      rowHeight = Math.max(rowHeight, Lettering.height(LABEL_SCALE));
    }
    int left = gap + labelWidth(rowLabels);
    int channels = pictures.stream().mapToInt(Raster::channels).max().orElseThrow();
    Raster sheet = Raster.black(left + columns * stepX, gap + rows * (rowHeight + gap), channels);
    sheet.fill(background);
    for (int i = 0; i < pictures.size(); i++) {
      int y = gap + i / columns * (rowHeight + gap);
      sheet.paint(pictures.get(i).enlarged(scale), left + i % columns * stepX, y);
    }
    paintLabels(sheet, rowLabels, rowHeight);
    return sheet;
  }

  private static void check(List<Raster> pictures, List<String> rowLabels, int rows) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("A sheet expects pictures, but got none");
    }
    Raster first = pictures.getFirst();
    for (Raster picture : pictures) {
      if (picture.width() != first.width() || picture.height() != first.height()) {
        throw new IllegalArgumentException(
            "A sheet expects pictures of one size, but got %s × %s and %s × %s"
                .formatted(first.width(), first.height(), picture.width(), picture.height()));
      }
    }
    if (!rowLabels.isEmpty() && rowLabels.size() != rows) {
      throw new IllegalArgumentException(
          "A sheet of %s rows expects as many labels, but got %s"
              .formatted(rows, rowLabels.size()));
    }
  }

  private int labelWidth(List<String> rowLabels) {
    int widest =
        rowLabels.stream().mapToInt(label -> Lettering.width(label, LABEL_SCALE)).max().orElse(0);
    return widest == 0 ? 0 : widest + gap;
  }

  private void paintLabels(Raster sheet, List<String> rowLabels, int rowHeight) {
    int colour = background < WHITE / 2 ? WHITE : 0;
    for (int row = 0; row < rowLabels.size(); row++) {
      int top = gap + row * (rowHeight + gap) + (rowHeight - Lettering.height(LABEL_SCALE)) / 2;
      Lettering.paint(sheet, rowLabels.get(row), gap, top, LABEL_SCALE, colour);
    }
  }
}
