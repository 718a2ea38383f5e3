package dev.vitrine.cli;

import dev.vitrine.error.Decimal;
import dev.vitrine.lab.sql.Answer;
import dev.vitrine.lab.sql.RunDatabase;
import dev.vitrine.summary.Table;
import dev.vitrine.summary.TableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code vitrine runs --sql}: what a question comes to, as a table. */
final class RunsQuestion {
  private RunsQuestion() {}

  static void show(
      Terminal terminal,
      List<Path> folders,
      RunsChoiceOptions choice,
      String question,
      Optional<Output> json) {
    Answer answer = RunDatabase.ask(RunsStore.chosen(folders, choice), question);
    json.ifPresent(file -> file.json(Map.of("rows", answer.json())));
    List<Table.Column> columns = new ArrayList<>();
    for (int c = 0; c < answer.columns().size(); c++) {
      int column = c;
      boolean text = answer.rows().stream().anyMatch(row -> row.get(column) instanceof String);
      columns.add(new Table.Column(answer.columns().get(c), answer.columns().get(c), text));
    }
    List<List<Object>> rows = new ArrayList<>();
    answer.rows().forEach(row -> rows.add(row.stream().map(RunsQuestion::shown).toList()));
    RunsList.print(
        terminal, TableText.render(new Table(columns, rows, List.of()), terminal.width()));
  }

  private static Object shown(Object value) {
    return switch (value) {
      case null -> "";
      case Double number -> Decimal.text(number);
      default -> value.toString();
    };
  }
}
