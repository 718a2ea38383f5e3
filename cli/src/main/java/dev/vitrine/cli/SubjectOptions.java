package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.notation.NumberList;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a network is shown: pictures from files, or test images by their numbers. */
final class SubjectOptions {
  private static final String EXAMPLE = "--example";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = EXAMPLE,
      paramLabel = "LIST",
      description =
          "Test images by their numbers from 0, such as 0,3,5-8 (readout: one number), instead of"
              + " pictures from files.")
  private Optional<String> examples;

  @Mixin private TestDataOptions data;
  @Mixin private PictureOptions pictures;

  /**
   * What is looked at.
   *
   * @param subjects in the order of the command line
   * @param done what was done to all of them, in one line
   * @param known whether that is what the network expects, as far as one can know
   * @param remarks what is not known, or could not be done, a sentence each
   */
  record Shown(List<Subject> subjects, String done, boolean known, List<String> remarks) {
    /** What was done, with the stable names of {@code --json}. */
    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("preprocess", done);
      fields.put("preprocess_known", known);
      return fields;
    }
  }

  /**
   * Looks at these test images where nothing is said.
   *
   * @param images files that were named
   * @param list numbers, as {@code --example} takes them
   */
  void usual(List<Path> images, String list) {
    if (images.isEmpty() && examples.isEmpty()) {
      examples = Optional.of(list);
    }
  }

  /** Whether test images or their data were named. */
  boolean saysData() {
    return data.given().isPresent();
  }

  /** Whether test images were named. */
  boolean saysExamples() {
    return examples.isPresent();
  }

  /**
   * Checks that there is either, with the options that are about it, and says how many.
   *
   * @throws UserException if options contradict each other
   */
  int check(List<Path> images) {
    if (images.isEmpty() && examples.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing what to look at: a picture's file, or a test image such as --example 0");
    }
    if (examples.isPresent() && !images.isEmpty()) {
      throw new UserException(
          "--example shows a test image, but there is the picture %s too: leave one out"
              .formatted(images.getFirst()));
    }
    Optional<String> idle = examples.isPresent() ? pictures.given() : data.given();
    idle.ifPresent(option -> {
      throw new UserException(
          examples.isPresent()
              ? "%s is about a picture's file, but --example shows a test image as it was in training: leave one out"
                  .formatted(option)
              : "%s says where the test images of --example are, but a picture's file is looked at: leave it out"
                  .formatted(option));
    });
    return examples.map(list -> NumberList.parse(EXAMPLE, list).size()).orElse(images.size());
  }

  /**
   * Reads them.
   *
   * @param images files, unless {@code --example} was given
   * @throws UserException if one cannot be had, or does not fit the network
   */
  Shown see(List<Path> images, TrainedNetwork network, Kernels kernels, Terminal terminal) {
    Shape input = network.spec().input();
    Preprocessing unit = network.preprocessing();
    Optional<String> unknown = ModelOptions.remark(network);
    if (examples.isEmpty()) {
      DataOptions.warn(DataFolders.ofSystem(Optional.empty()), terminal);
      Preprocessing chosen = pictures.preprocessing(unit, input);
      List<Subject> subjects = new ArrayList<>();
      images.forEach(image -> subjects.add(pictures.see(image, chosen, input)));
      Optional<String> guessed = unknown.filter(remark -> chosen.isUnit());
      return new Shown(
          subjects,
          pictures.description(chosen, input),
          guessed.isEmpty(),
          Stream.of(guessed, pictures.remark(network, chosen)).flatMap(Optional::stream).toList());
    }
    Dataset test = data.load(network, 0, 1, false, kernels, 1, terminal);
    if (!test.shape().equals(input)) {
      throw new UserException(
          "The network expects images of shape %s, but those of data set %s are %s: choose another --data"
              .formatted(input, test.name(), test.shape()));
    }
    List<Integer> numbers = NumberList.parse(EXAMPLE, examples.get());
    if (!test.hasPictures()) {
      throw new UserException(
          "--example shows a test image, but the examples of data set %s are numbers of shape %s"
              .formatted(test.name(), test.shape()));
    }
    numbers.forEach(number -> requireExample(number, test));
    List<Subject> subjects = numbers.stream().map(number -> example(number, test, unit)).toList();
    String done =
        (unknown.isEmpty() ? "as in training: " : "") + unit.normalisation().description();
    return new Shown(subjects, done, unknown.isEmpty(), unknown.stream().toList());
  }

  private static void requireExample(int number, Dataset test) {
    if (number >= test.size()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--example expects 0 to %,d, the test images of data set %s, but got %,d",
              test.size() - 1,
              test.name(),
              number));
    }
  }

  private static Subject example(int number, Dataset test, Preprocessing unit) {
    Raster view = test.picture(number);
    int label = test.label(number);
    String data = DataFolders.title(test.name());
    String name = String.format(Locale.ROOT, "test image %,d of %s", number, data);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("example", number);
    fields.put("data", data);
    fields.put("actual", label);
    return new Subject(
        name,
        name,
        view,
        unit.numbers(view, test.shape()),
        Optional.of(new Subject.Label(label, test.classNames().get(label))),
        Optional.empty(),
        fields);
  }
}
