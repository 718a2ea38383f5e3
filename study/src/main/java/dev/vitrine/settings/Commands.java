package dev.vitrine.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Command lines as one can type them again. */
public final class Commands {
  private Commands() {}

  /**
   * {@return an argument as a shell reads it}
   *
   * @param value whose text is the argument
   */
  public static String quoted(Object value) {
    String argument = value.toString();
    boolean plain = argument.matches("[A-Za-z0-9_@%+=:,./-]+");
    return plain ? argument : "'" + argument.replace("'", "'\\''") + "'";
  }

  /**
   * {@return the command that goes on with a study and more values}
   *
   * @param study the command that goes on with it
   * @param more such as {@code lr=0.3,1}
   */
  public static String adding(String study, String more) {
    return study + " --add " + quoted(more);
  }

  /**
   * {@return the command that goes on with a training}
   *
   * @param run its folder
   */
  public static String resuming(Path run) {
    return "vitrine train --resume " + quoted(run);
  }

  /**
   * {@return the command that goes on with a study}
   *
   * @param study its folder
   */
  public static String resumingStudy(Path study) {
    return "vitrine study --resume " + quoted(study);
  }

  /**
   * {@return the command that runs a study}
   *
   * @param study its file or name
   * @param options by their names without dashes; a flag has the value {@code ""}
   */
  public static String study(Object study, List<Map.Entry<String, String>> options) {
    return "vitrine study " + quoted(study) + options(options);
  }

  /**
   * {@return options as they stand behind a command, with a space before each}
   *
   * @param options by their names without dashes; a flag has the value {@code ""}
   */
  public static String options(List<Map.Entry<String, String>> options) {
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, String> each : options) {
      line.append(" --").append(each.getKey());
      if (!each.getValue().isEmpty()) {
        line.append(' ').append(quoted(each.getValue()));
      }
    }
    return line.toString();
  }

  /**
   * {@return the command that reads the digits of a photograph}
   *
   * @param photo its file
   */
  public static String reading(String photo) {
    return "vitrine read " + quoted(photo);
  }

  /**
   * {@return the command that judges a run by all of some data}
   *
   * @param run its folder
   * @param data their name, file or folder
   */
  public static String evaluatingAll(String run, Path data) {
    return "vitrine evaluate %s --data %s --test-share 1".formatted(quoted(run), quoted(data));
  }

  /**
   * {@return the command that trains with such settings}
   *
   * @param given the settings; a flag that is no is left out
   */
  public static String train(GivenSettings given) {
    StringBuilder line = new StringBuilder("vitrine train");
    for (Map.Entry<String, String> each : given.values().entrySet()) {
      String option = " --" + each.getKey();
      if (TrainSettings.named(each.getKey()).kind() != Setting.Kind.FLAG) {
        line.append(option).append(' ').append(quoted(each.getValue()));
      } else if (given.flag(each.getKey())) {
        line.append(option);
      }
    }
    return line.toString();
  }
}
