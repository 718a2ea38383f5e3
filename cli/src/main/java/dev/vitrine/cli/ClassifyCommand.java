package dev.vitrine.cli;

import dev.vitrine.data.ClassNames;
import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.predict.Guess;
import dev.vitrine.predict.Predictor;
import dev.vitrine.run.LoadedNetwork;
import dev.vitrine.run.Reading;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.settings.NamedData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    description = "Say what a trained network takes pictures (JPEG, PNG) or test images for.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine classify runs/lenet-digits-1 --example 0-4",
      "  vitrine classify runs/lenet-digits-1 three.png photo.jpg --top 3",
      "  vitrine classify lenet.safetensors --network lenet three.png"
    })
final class ClassifyCommand implements Runnable {
  private static final int TOP = 5;
  private static final int IMAGENET_CLASSES = 1000;

  /** Characters of a guess's line beside its name and its bar. */
  private static final int BESIDE = 14;

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "IMAGE", description = "The pictures.")
  private List<Path> images = List.of();

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "How many classes to show. Default: 5, or all if there are fewer")
  private Optional<Integer> top;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "The names of the classes, one a line. Default: those of the data it was trained on;"
              + " ImageNet's if these are not known and there are 1,000")
  private Optional<Path> labels;

  @Mixin private SubjectOptions subjects;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results for scripts.")
  private Optional<Output> json;

  /** What it was shown, and the classes that it may be of. */
  private record Answer(Subject seen, List<Guess> guesses) {}

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    int count = subjects.check(images);
    TrainedNetwork network = model.open();
    LoadedNetwork loaded = network.load();
    Kernels kernels = Main.kernels(terminal, loaded.model(), count);
    Reading reading = loaded.reading();
    try (Predictor predictor = Predictor.taking(loaded.model(), kernels)) {
      List<String> names = names(network, predictor.classes());
      int shown = shown(predictor.classes());
      SubjectOptions.Shown all = subjects.see(images, network, kernels, terminal);
      List<Answer> answers = new ArrayList<>();
      for (Subject subject : all.subjects()) {
        answers.add(new Answer(subject, classify(predictor, shown, subject, reading)));
      }
      json.ifPresent(
          file -> file.json(toJson(model.fields(network, reading), all, answers, names)));
      terminal.line("%s", network.title());
      model.tell(terminal, network, reading);
      terminal.print("%s", all.done());
      all.remarks().forEach(remark -> terminal.sentence("%s", remark));
      if (isImageNet(network, predictor.classes())) {
        terminal.sentence("its 1,000 classes are taken for ImageNet's (--labels names others)");
      }
      answers.forEach(answer -> show(terminal, answer, names));
    }
  }

  private static List<Guess> classify(
      Predictor predictor, int shown, Subject seen, Reading reading) {
    try {
      return predictor.top(shown, seen.numbers());
    } catch (UserException e) {
      String flaw = reading.warnings().stream().findFirst().map(": "::concat).orElse("");
      throw new UserException("%s: %s%s".formatted(seen.name(), e.getMessage(), flaw), e);
    }
  }

  private List<String> names(TrainedNetwork network, int classes) {
    if (labels.isEmpty()) {
      if (isImageNet(network, classes)) {
        return ClassNames.imageNet();
      }
      return network
          .run()
          .map(run -> NamedData.classNames(run, classes))
          .orElseGet(() -> NamedData.classNames("", classes));
    }
    List<String> names = ClassNames.read(labels.get());
    if (names.size() != classes) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: expected %,d names of classes, one a line, but got %,d",
              labels.get(),
              classes,
              names.size()));
    }
    return names;
  }

  /** Whether nothing is known of the training but that it had as many classes. */
  private boolean isImageNet(TrainedNetwork network, int classes) {
    return labels.isEmpty()
        && network.run().isEmpty()
        && network.inputs().polarities().isEmpty()
        && classes == IMAGENET_CLASSES;
  }

  private int shown(int classes) {
    top.filter(k -> k < 1 || k > classes)
        .ifPresent(k -> {
          throw new UserException(
              "--top expects 1 to %s, the number of classes, but got %s".formatted(classes, k));
        });
    return top.orElse(Math.min(TOP, classes));
  }

  private void show(Terminal terminal, Answer answer, List<String> names) {
    int width =
        answer.guesses().stream().mapToInt(g -> names.get(g.index()).length()).max().orElse(1);
    terminal.print("");
    terminal.line("%s%s", answer.seen().heading(), truth(answer, names));
    answer.seen().remark().ifPresent(remark -> terminal.sentence("%s", remark));
    for (Guess guess : answer.guesses()) {
      String line = "  %-" + width + "s  %6.2f %%  %s";
      terminal.cut(
          line,
          names.get(guess.index()),
          100 * guess.probability(),
          terminal.barBeside(guess.probability(), width + BESIDE));
    }
  }

  /** The true class of an example, under the name that its guesses have, and whether it is met. */
  private String truth(Answer answer, List<String> names) {
    if (answer.seen().label().isEmpty()) {
      return "";
    }
    Subject.Label label = answer.seen().label().get();
    boolean named = labels.isPresent() && label.number() < names.size();
    boolean met = answer.guesses().getFirst().index() == label.number();
    return ", true class %s%s"
        .formatted(named ? names.get(label.number()) : label.name(), met ? "" : ": misread");
  }

  private Map<String, Object> toJson(
      Map<String, Object> known,
      SubjectOptions.Shown shown,
      List<Answer> answers,
      List<String> names) {
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
      Map<String, Object> entry = new LinkedHashMap<>(answer.seen().fields());
      entry.put("top", best);
      entries.add(entry);
    }
    Map<String, Object> all = new LinkedHashMap<>(known);
    all.putAll(shown.fields());
    all.put("images", entries);
    return all;
  }
}
