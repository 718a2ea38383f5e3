package dev.vitrine.lab.sql;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.store.Field;
import dev.vitrine.lab.store.StoredRun;
import dev.vitrine.report.EpochRow;
import dev.vitrine.run.RunCurves;
import dev.vitrine.run.RunFolder;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs as tables in memory: {@code runs} with a column for each {@link Field}, {@code settings}
 * ({@code run}, {@code name}, {@code text}, {@code number}) and {@code epochs} ({@code run}, {@code
 * epoch}, …). Who asks is a user who may read these three and do nothing else: whatever reaches
 * files, other databases or code needs rights that they have not.
 */
public final class RunDatabase {
  /** How long a question may take. */
  private static final int SECONDS = 20;

  /** H2's number for a statement that was ended. */
  private static final int CANCELLED = 57014;

  private static final String OWNER = "OWNER";
  private static final String READER = "READER";

  /** Of the library: a text that is no SQL, with the sign before what it does not understand. */
  private static final List<Integer> NO_SQL = List.of(42000, 42001);

  private static final Pattern SIGN = Pattern.compile("(?s)\"(.*?)\\[\\*\\](.*?)\"(;.*)?");
  private static final List<String> FIRST = List.of("SELECT", "WITH", "VALUES", "TABLE");
  private static final int SHOWN = 30;

  /** Of the library: a statement that is not a question, or one that a reader may not. */
  private static final List<Integer> NOT_READING = List.of(90002, 90096, 90040, 90140);

  private static final String EPOCHS =
      "CREATE TABLE epochs(run VARCHAR, epoch INT, train_loss DOUBLE PRECISION, train_accuracy DOUBLE"
          + " PRECISION, validation_loss DOUBLE PRECISION, validation_accuracy DOUBLE PRECISION,"
          + " images_per_second DOUBLE PRECISION, learning_rate DOUBLE PRECISION, seconds DOUBLE"
          + " PRECISION)";

  private static final String SETTINGS =
      "CREATE TABLE settings(run VARCHAR, name VARCHAR, text VARCHAR, number DOUBLE PRECISION)";

  private RunDatabase() {}

  /**
   * {@return what a question to some runs comes to}
   *
   * @param runs what is in the tables
   * @param question one that only reads: {@code SELECT …}
   * @throws UserException if it is no such question, or the library is not at hand
   */
  public static Answer ask(Collection<StoredRun> runs, String question) {
    Driver driver = Library.driver();
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    String password = UUID.randomUUID().toString();
    try (Connection owner = connect(driver, url, OWNER, UUID.randomUUID().toString())) {
      fill(owner, runs, question.toLowerCase(Locale.ROOT).contains("epochs"));
      try (Statement rights = owner.createStatement()) {
        rights.execute("CREATE USER %s PASSWORD '%s'".formatted(READER, password));
        for (String table : List.of("runs", "settings", "epochs")) {
          rights.execute("GRANT SELECT ON %s TO %s".formatted(table, READER));
        }
      }
      try (Connection reader = connect(driver, url, READER, password)) {
        return answer(reader, single(question));
      }
    } catch (SQLException failure) {
      throw refusal(failure);
    }
  }

  /** One statement, without the semicolon behind it: the library would pass over a second. */
  private static String single(String question) {
    char quote = 0;
    for (int i = 0; i < question.length(); i++) {
      char each = question.charAt(i);
      if (quote != 0) {
        quote = each == quote ? 0 : quote;
      } else if (each == '\'' || each == '"') {
        quote = each;
      } else if (each == ';') {
        String rest = question.substring(i + 1);
        if (!rest.isBlank()) {
          throw UserException.expecting(
              "The question",
              "SQL that only reads, in one statement",
              Quote.of(rest.strip()) + " behind it");
        }
        return question.substring(0, i);
      }
    }
    return question;
  }

  private static Connection connect(Driver driver, String url, String user, String password)
      throws SQLException {
    Properties properties = new Properties();
    properties.put("user", user);
    properties.put("password", password);
    return driver.connect(url, properties);
  }

  private static void fill(Connection owner, Collection<StoredRun> runs, boolean epochs)
      throws SQLException {
    try (Statement tables = owner.createStatement()) {
      tables.execute(
          Arrays.stream(Field.values())
              .map(field -> "%s %s".formatted(field.name(), type(field)))
              .collect(Collectors.joining(", ", "CREATE TABLE runs(", ")")));
      tables.execute(SETTINGS);
      tables.execute(EPOCHS);
    }
    try (PreparedStatement run = insert(owner, "runs", Field.values().length);
        PreparedStatement setting = insert(owner, "settings", 4);
        PreparedStatement epoch = insert(owner, "epochs", 9)) {
      for (StoredRun each : runs) {
        add(run, Arrays.stream(Field.values()).map(each.values()::get).toArray());
        for (var one : each.settings().entrySet()) {
          add(setting, each.id(), one.getKey(), one.getValue(), number(one.getValue()));
        }
        if (epochs) {
          addEpochs(epoch, each);
        }
      }
    }
  }

  private static String type(Field field) {
    return switch (field.kind()) {
      case TEXT -> "VARCHAR";
      case WHOLE -> "BIGINT";
      case NUMBER, SHARE -> "DOUBLE PRECISION";
    };
  }

  private static PreparedStatement insert(Connection owner, String table, int columns)
      throws SQLException {
    String places = "?" + ", ?".repeat(columns - 1);
    return owner.prepareStatement("INSERT INTO %s VALUES (%s)".formatted(table, places));
  }

  private static void add(PreparedStatement insert, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      insert.setObject(i + 1, values[i]);
    }
    insert.executeUpdate();
  }

  /** A run that is damaged, or gone by now, has none. */
  private static void addEpochs(PreparedStatement insert, StoredRun run) throws SQLException {
    List<EpochRow> epochs;
    try {
      epochs = RunCurves.of(new RunFolder(run.folder())).epochs();
    } catch (UserException damaged) {
      return;
    }
    for (EpochRow row : epochs) {
      add(
          insert,
          run.id(),
          row.epoch(),
          row.trainLoss(),
          row.trainAccuracy(),
          row.validationLoss().isPresent() ? row.validationLoss().getAsDouble() : null,
          row.validationAccuracy().isPresent() ? row.validationAccuracy().getAsDouble() : null,
          row.imagesPerSecond(),
          row.learningRate(),
          row.seconds());
    }
  }

  private static Double number(String text) {
    try {
      return Decimal.parse(text);
    } catch (NumberFormatException word) {
      return null;
    }
  }

  private static Answer answer(Connection reader, String question) throws SQLException {
    try (PreparedStatement asked = reader.prepareStatement(question);
        ResultSet result = within(asked)) {
      ResultSetMetaData names = result.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int c = 1; c <= names.getColumnCount(); c++) {
        columns.add(names.getColumnLabel(c).toLowerCase(Locale.ROOT));
      }
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int c = 1; c <= columns.size(); c++) {
          row.add(plain(result.getObject(c)));
        }
        rows.add(row);
      }
      return new Answer(columns, rows);
    }
  }

  /** A question that joins everything with everything would never end. */
  private static ResultSet within(PreparedStatement asked) throws SQLException {
    asked.setQueryTimeout(SECONDS);
    return asked.executeQuery();
  }

  private static Object plain(Object value) {
    return switch (value) {
      case null -> null;
      case Boolean truth -> truth;
      case Integer number -> number.longValue();
      case Long number -> number;
      case Number number -> number.doubleValue();
      default -> value.toString();
    };
  }

  /** The library's sentence, without the statement and its number. */
  private static UserException refusal(SQLException failure) {
    if (failure.getErrorCode() == CANCELLED) {
      return new UserException(
          "The question took more than %s s: ask a smaller one, such as with a LIMIT or fewer tables"
              .formatted(SECONDS),
          failure);
    }
    if (NOT_READING.contains(failure.getErrorCode())) {
      return new UserException(
          "The question expects SQL that only reads the tables runs, settings and epochs, such as SELECT id, test_accuracy FROM runs",
          failure);
    }
    if (NO_SQL.contains(failure.getErrorCode())) {
      return noSql(failure);
    }
    String said = failure.getMessage().replaceFirst("(?s); SQL statement:.*", "");
    return new UserException(
        "The question cannot be answered: " + said.replaceAll("\\s+", " ").strip(), failure);
  }

  /** What the library expects there is a list of words that help nobody. */
  private static UserException noSql(SQLException failure) {
    Matcher sign = SIGN.matcher(failure.getMessage());
    boolean found = sign.find();
    String rest = found ? sign.group(2).strip() : "";
    String word = rest.split("\\s", 2)[0];
    boolean first = found && sign.group(1).isBlank();
    String from =
        rest.isEmpty()
            ? "as if its end were missing"
            : "from %s on".formatted(Quote.of(rest.substring(0, Math.min(SHOWN, rest.length()))));
    return new UserException(
        "The question is no SQL, %s: expected one such as SELECT id, test_accuracy FROM runs%s"
            .formatted(from, first ? Nearest.hint(word.toUpperCase(Locale.ROOT), FIRST) : ""),
        failure);
  }
}
