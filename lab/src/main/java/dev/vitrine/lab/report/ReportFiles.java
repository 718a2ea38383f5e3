package dev.vitrine.lab.report;

import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.report.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A report on disk: {@code report.html}, {@code report.md}, and below {@code figures} and {@code
 * tables} each chart as SVG and everything as CSV.
 */
public final class ReportFiles {
  /** The page. */
  public static final String PAGE = "report.html";

  private ReportFiles() {}

  /**
   * Writes all files of a report, each whole or not at all.
   *
   * @param folder which exists
   * @param report what is written
   * @return the page
   * @throws UserException if one cannot be written
   */
  public static Path write(Path folder, Report report) {
    for (Report.Section section : report.sections()) {
      for (Block block : section.blocks()) {
        write(folder, block);
      }
    }
    AtomicFile.writeText(folder.resolve("report.md"), ReportText.markdown(report));
    Path page = folder.resolve(PAGE);
    AtomicFile.writeText(page, ReportHtml.page(report));
    return page;
  }

  private static void write(Path folder, Block block) {
    switch (block) {
      case Block.Text _ -> {} // in the page alone
      case Grid grid -> csv(folder("tables", folder).resolve(grid.id() + ".csv"), lines(grid));
      case Figure figure -> {
        Path figures = folder("figures", folder);
        csv(figures.resolve(figure.id() + ".csv"), lines(figure));
        AtomicFile.writeText(
            figures.resolve(figure.id() + ".svg"), ReportHtml.drawing(figure.svg()));
      }
      case Picture picture -> {
        Path figures = folder("figures", folder);
        if (!picture.numbers().isEmpty()) {
          csv(figures.resolve(picture.id() + ".csv"), picture.numbers());
        }
        AtomicFile.writeText(
            figures.resolve(picture.id() + ".html"),
            ReportHtml.alone(picture.caption(), picture.drawing()));
      }
    }
  }

  private static Path folder(String name, Path within) {
    try {
      return Files.createDirectories(within.resolve(name));
    } catch (IOException e) {
      throw new UserException(
          "Cannot make the folder %s: %s".formatted(within.resolve(name), e.getMessage()), e);
    }
  }

  private static void csv(Path file, List<List<String>> lines) {
    AtomicFile.writeText(
        file,
        lines.stream()
            .map(cells -> cells.stream().map(ReportFiles::cell).collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n", "", "\n")));
  }

  /** As RFC 4180 has it. */
  private static String cell(String text) {
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static List<List<String>> lines(Grid grid) {
    List<List<String>> lines = new ArrayList<>(List.of(grid.columns()));
    lines.addAll(grid.rows());
    return lines;
  }

  /** The numbers as they are, not as the chart rounds them. */
  private static List<List<String>> lines(Figure figure) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("line", figure.x().label(), figure.y().label(), "low", "high"));
    for (Figure.Line line : figure.lines()) {
      for (int i = 0; i < line.points().size(); i++) {
        Series.Point point = line.points().get(i);
        boolean band = line.band().size() == line.points().size();
        lines.add(
            List.of(
                line.name(),
                Double.toString(point.x()),
                Double.toString(point.y()),
                band ? Double.toString(line.band().get(i).low()) : "",
                band ? Double.toString(line.band().get(i).high()) : ""));
      }
    }
    return lines;
  }
}
