package dev.vitrine.web.rooms;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.lab.StudyRun;
import dev.vitrine.lab.session.AskedComputation;
import dev.vitrine.lab.session.AskedStudy;
import dev.vitrine.lab.session.AskedSweep;
import dev.vitrine.lab.session.StudyChanges;
import dev.vitrine.lab.session.StudyRequest;
import dev.vitrine.lab.studies.Catalogue;
import dev.vitrine.lab.trial.NamedTrainings;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.settings.Commands;
import dev.vitrine.web.live.StudyStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a browser asks for, as the studies that the command line makes of the same. */
public final class AskedStudies {
  private static final Path USUAL = Path.of("studies");
  private static final String QUICK = "quick";
  private static final String SEEDS = "seeds";
  private static final String ADD = "add";
  private static final String JOBS = "jobs";
  private static final String FOR = "for";
  private static final String RETRY = "retry-failed";

  private final Path studies;
  private final Optional<Path> dataFolder;
  private final Reach reach;

  /**
   * @param studies the folder that new studies' folders are made in
   * @param dataFolder where data are looked for first
   * @param reach which files their settings may name
   */
  public AskedStudies(Path studies, Optional<Path> dataFolder, Reach reach) {
    this.studies = studies;
    this.reach = reach;
    this.dataFolder = dataFolder;
  }

  /** What the settings of studies mean here. */
  Trainings trainings() {
    return new NamedTrainings(
        DataFolders.ofSystem(dataFolder), Downloader.reportingTo(DownloadProgress.NONE));
  }

  /**
   * A new study, or one that becomes larger: of a name, or of a text of the sender's own.
   *
   * @throws UserException if something is wrong with it, with its line and column
   */
  StudyStart begin(JsonObject asked) {
    Map<String, String> options = options(asked);
    Optional<String> own = text(asked, "text");
    String name = own.isPresent() ? "The text" : asked.string("name");
    StudyRequest request =
        new StudyRequest(
            own.orElseGet(() -> Catalogue.text(name)),
            name,
            options.containsKey(QUICK),
            changes(options),
            studies,
            Optional.empty());
    AskedStudy study = AskedStudy.of(request, reach.within(trainings()));
    if (study instanceof AskedComputation) {
      options.keySet().stream()
          .filter(option -> !option.equals(QUICK))
          .findFirst()
          .ifPresent(option -> {
            throw new UserException(
                "%s has no effect on a study that is computed: leave it empty"
                    .formatted(Quote.of(option)));
          });
    }
    return new StudyStart(study, how(options), command(study, own, name, options), own);
  }

  /**
   * A study that is to go on as it is in its folder.
   *
   * @param folder the study's
   * @param asked how
   */
  StudyStart goOn(Path folder, JsonObject asked) {
    Map<String, String> options = options(asked);
    options.remove(QUICK);
    // What its file has, somebody put there; what is added, the sender did.
    Trainings means = options.containsKey(ADD) ? reach.within(trainings()) : trainings();
    AskedSweep study = AskedSweep.inFolder(folder, changes(options), means);
    String onward = study.goesOnWith() + Commands.options(withData(options));
    return new StudyStart(study, how(options), onward, Optional.empty());
  }

  /** What is not empty, by the names that the command line has. */
  private static Map<String, String> options(JsonObject asked) {
    Map<String, String> options = new LinkedHashMap<>();
    flag(asked, QUICK, options);
    for (String name : List.of(SEEDS, ADD, JOBS, FOR)) {
      text(asked, name).ifPresent(value -> options.put(name, value.strip()));
    }
    flag(asked, RETRY, options);
    return options;
  }

  private static void flag(JsonObject asked, String name, Map<String, String> options) {
    if (asked.has(name) && asked.bool(name)) {
      options.put(name, "");
    }
  }

  private static Optional<String> text(JsonObject asked, String key) {
    return asked.has(key)
        ? Optional.of(asked.string(key)).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  private static StudyChanges changes(Map<String, String> options) {
    return new StudyChanges(
        added(options),
        Optional.ofNullable(options.get(SEEDS))
            .map(many -> StudyChanges.seeds(SEEDS, whole(SEEDS, many))));
  }

  /** Several are parted by white space. */
  private static List<String> added(Map<String, String> options) {
    return options.containsKey(ADD) ? List.of(options.get(ADD).split("\\s+")) : List.of();
  }

  private static int whole(String name, String text) {
    try {
      return Decimal.parseInt(text);
    } catch (NumberFormatException none) {
      throw UserException.expecting(name, "a whole number", Quote.of(text));
    }
  }

  private static StudyRun.Options how(Map<String, String> options) {
    StudyRun.Options how = StudyRun.Options.usual().retry(options.containsKey(RETRY));
    if (options.containsKey(JOBS)) {
      how = how.jobs(JOBS, whole(JOBS, options.get(JOBS)));
    }
    return options.containsKey(FOR) ? how.limit(FOR, options.get(FOR)) : how;
  }

  /** A text that no file has is kept in the study's folder, from where the command takes it. */
  private String command(
      AskedStudy study, Optional<String> own, String name, Map<String, String> options) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    String subject = own.map(_ -> StudyStart.file(study.folder()).toString()).orElse(name);
    if (own.isPresent() || !studies.equals(USUAL)) {
      all.add(Map.entry("out", study.folder().toString()));
    }
    all.addAll(withData(options));
    return Commands.study(subject, all);
  }

  private List<Map.Entry<String, String>> withData(Map<String, String> options) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    options.forEach((name, value) -> {
      if (name.equals(ADD)) {
        added(options).forEach(each -> all.add(Map.entry(ADD, each)));
      } else {
        all.add(Map.entry(name, value));
      }
    });
    dataFolder.ifPresent(folder -> all.add(Map.entry("data-dir", folder.toString())));
    return all;
  }
}
