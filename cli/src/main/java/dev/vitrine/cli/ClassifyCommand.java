package dev.vitrine.cli;

import dev.vitrine.data.ClassNames;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.Json;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.inspect.Guess;
import dev.vitrine.nn.Model;
import dev.vitrine.readout.Classifier;
import dev.vitrine.train.Compute;
import dev.vitrine.train.RunConfig;
import dev.vitrine.train.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine classify}: what a trained network takes pictures for. */
@Command(
    name = "classify",
    description = "Say what a trained network takes pictures (JPEG, PNG) for.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine classify runs/lenet-digits-1 three.png seven.jpg --top 3",
      "  vitrine classify runs/lenet-digits-1 photo.jpg --invert"
    })
final class ClassifyCommand implements Runnable {
  private static final int TOP = 5;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "The folder of the run.")
  private Path run;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "The pictures.")
  private List<Path> images;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "How many classes to show. Default: 5, or all if there are fewer")
  private Optional<Integer> top;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "The names of the classes, one a line. Default: those of the data it was trained on")
  private Optional<Path> labels;

  @Mixin private PictureOptions pictures;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results for scripts.")
  private Optional<Path> json;

  /** A picture, and the classes that it may be of. */
  private record Answer(PictureOptions.Seen seen, List<Guess> guesses) {}

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    RunFolder folder = RunFolder.open(run);
    RunConfig config = folder.config();
    Preprocessing preprocessing = pictures.preprocessing(folder);
    json.ifPresent(AtomicFile::probe);
    try (Compute compute = Main.compute(Optional.of(1), terminal)) {
      Model model = folder.model();
      Classifier classifier = Classifier.of(model, compute);
      List<String> names = names(config, classifier.classes());
      int shown = shown(classifier.classes());
      List<Answer> answers = new ArrayList<>();
      for (Path image : images) {
        PictureOptions.Seen seen = pictures.see(image, preprocessing, model.input());
        answers.add(new Answer(seen, classify(classifier, seen).subList(0, shown)));
      }
      String done = pictures.description(preprocessing, model.input());
      json.ifPresent(file -> Json.write(file, toJson(done, answers, names)));
      terminal.print("%s trained on %s", config.spec().title(), config.data());
      terminal.print(done);
      answers.forEach(answer -> show(terminal, answer, names));
    }
  }

  private static List<Guess> classify(Classifier classifier, PictureOptions.Seen seen) {
    try {
      return classifier.classify(seen.numbers());
    } catch (UserException e) {
      throw new UserException("%s: %s".formatted(seen.path(), e.getMessage()), e);
    }
  }

  private List<String> names(RunConfig config, int classes) {
    if (labels.isEmpty()) {
      return DataOptions.classNames(config.data(), classes);
    }
    List<String> names = ClassNames.read(labels.get());
    if (names.size() != classes) {
      throw new UserException(
          "%s names %,d classes, but the network tells %,d apart: expected one name a line for each"
              .formatted(labels.get(), names.size(), classes));
    }
    return names;
  }

  private int shown(int classes) {
    top.filter(k -> k < 1 || k > classes)
        .ifPresent(k -> {
          throw new UserException(
              "--top expects 1 to %d, the number of classes, but got %d".formatted(classes, k));
        });
    return top.orElse(Math.min(TOP, classes));
  }

  private void show(Terminal terminal, Answer answer, List<String> names) {
    int width =
        answer.guesses().stream().mapToInt(g -> names.get(g.index()).length()).max().orElse(1);
    terminal.print("");
    terminal.print("%s", pictures.describe(answer.seen()));
    for (Guess guess : answer.guesses()) {
      String line = "  %-" + width + "s  %6.2f %%  %s";
      terminal.print(
          line,
          names.get(guess.index()),
          100 * guess.probability(),
          Terminal.blocks(guess.probability()));
    }
  }

  private Map<String, Object> toJson(String done, List<Answer> answers, List<String> names) {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Answer answer : answers) {
      List<Map<String, Object>> best = new ArrayList<>();
      for (Guess guess : answer.guesses()) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("class", guess.index());
        entry.put("name", names.get(guess.index()));
        entry.put("probability", guess.probability());
        best.add(entry);
      }
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("image", answer.seen().path().toString());
      entry.put("top", best);
      entries.add(entry);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("run", run.toString());
    all.put("preprocess", done);
    all.put("images", entries);
    return all;
  }
}
