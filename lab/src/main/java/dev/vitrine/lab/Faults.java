package dev.vitrine.lab;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.search.Points;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.WrittenSpec;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the place of what is wrong with a study that its file alone does not show. */
final class Faults {
  private static final String DATA = "data";

  private final WrittenSpec written;
  private final Configs configs;

  private Faults(WrittenSpec written, Configs configs) {
    this.written = written;
    this.configs = configs;
  }

  /**
   * Refuses a study of which a part is wrong, with the part's place.
   *
   * @throws UserException if there is one
   */
  static void require(WrittenSpec written, Configs configs) {
    Faults faults = new Faults(written, configs);
    for (Point point : faults.points()) {
      faults.requireConfig(point);
    }
  }

  /**
   * Refuses a study of which data are not there, with the place of their name. Published data are
   * looked for, and downloaded, when they are needed.
   *
   * @throws UserException if there are any
   */
  static void requireData(WrittenSpec written, Study study) {
    Set<RunData> known = new HashSet<>();
    for (Point point : study.points()) {
      RunConfig config = study.trainings().config(point.with(1).settings());
      String name = config.data().name();
      if (!Digits.NAME.equals(name)
          && !DataFolders.names().contains(name)
          && known.add(config.data())) {
        try {
          study.trainings().data(config);
        } catch (UserException e) {
          throw written.atSetting(DATA, point.settings().get(DATA), e);
        }
      }
    }
  }

  private List<Point> points() {
    try {
      return Points.of(written.spec());
    } catch (UserException e) {
      throw varied(e)
          .map(name -> written.atParameter(name, e))
          .orElseGet(() -> written.atKey("baseline", e));
    }
  }

  /** The parameter that is varied twice, if it is that. */
  private Optional<String> varied(UserException e) {
    return written.spec().parameters().stream()
        .map(Parameter::name)
        .filter(name -> e.getMessage().startsWith("The parameter " + Quote.of(name)))
        .findFirst();
  }

  private void requireConfig(Point point) {
    Optional<UserException> fault = fault(point.settings());
    if (fault.isEmpty()) {
      return;
    }
    UserException e = fault.get();
    boolean ofAll =
        fault(written.spec().settings())
            .filter(same -> same.getMessage().equals(e.getMessage()))
            .isPresent();
    UserException said = ofAll ? e : e.of("The point %s".formatted(point.varied()));
    throw culprit(point, e)
        .map(name -> written.atSetting(name, point.settings().get(name), said))
        .orElse(said);
  }

  private Optional<UserException> fault(Map<String, String> settings) {
    try {
      configs.config(settings);
      return Optional.empty();
    } catch (UserException e) {
      return Optional.of(e);
    }
  }

  /**
   * The setting without which there would be no such complaint: the one that it begins with, or
   * else rather one without which all is well, and rather one that differs between points.
   */
  private Optional<String> culprit(Point point, UserException complaint) {
    List<String> suspects = new ArrayList<>();
    Map<String, Boolean> alone = new LinkedHashMap<>();
    for (String name : point.settings().keySet()) {
      Map<String, String> others = new LinkedHashMap<>(point.settings());
      others.remove(name);
      Optional<UserException> fault = fault(others);
      if (fault.filter(same -> same.getMessage().equals(complaint.getMessage())).isEmpty()) {
        suspects.add(name);
        alone.put(name, fault.isEmpty());
      }
    }
    return suspects.stream()
        .min(
            Comparator.comparing((String name) -> !complaint.getMessage().startsWith(name + " "))
                .thenComparing(name -> !alone.get(name))
                .thenComparing(name -> !point.varied().containsKey(name)));
  }
}
