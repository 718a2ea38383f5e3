package dev.vitrine.lab.spec;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Reads a study from YAML; what {@link SpecJson} writes is such a text too. */
public final class SpecReader {
  private static final String EPOCHS = "epochs";

  /** Keys that list something; one that lists nothing is a slip. */
  private static final List<String> MANY = List.of("arms", "vary", "compare", "show");

  private static final String QUICK = "quick";
  private static final String SETTINGS = "settings";
  private static final String SEED = "seed";
  private static final List<String> KEYS =
      List.of(
          "name",
          "question",
          SETTINGS,
          "arms",
          "vary",
          "compare",
          "search",
          "seeds",
          "tune-seeds",
          "metric",
          "baseline",
          "test",
          "band",
          "budget",
          "trial-budget",
          "stop-after",
          "show",
          QUICK);

  private final Collection<String> known;

  /**
   * A reader.
   *
   * @param known the names of all settings of a training, without its seed
   */
  public SpecReader(Collection<String> known) {
    this.known = known.stream().filter(name -> !name.equals(SEED)).toList();
  }

  /**
   * {@return the study of a file}
   *
   * @param file in YAML
   * @param quick whether the thin version is asked for, which the key {@code quick} tells
   * @throws UserException with line and column, if anything in it is wrong, in the other version
   *     too; or if there is no thin version
   */
  public StudySpec read(Path file, boolean quick) {
    return parse(TextFile.read(file), file.toString(), quick);
  }

  /**
   * {@return the study of a text}
   *
   * @param text YAML
   * @param source what the text is, for the sentences
   * @param quick as in {@link #read}
   */
  public StudySpec parse(String text, String source, boolean quick) {
    return written(text, source, quick).spec();
  }

  /**
   * {@return the study of a text, which still knows where its parts stand}
   *
   * @param text YAML
   * @param source what the text is, for the sentences
   * @param quick as in {@link #read}
   */
  public WrittenSpec written(String text, String source, boolean quick) {
    Fields all = new Fields(YamlText.parse(text, source));
    all.allow("key", KEYS);
    all.refuseEmpty(MANY);
    WrittenSpec whole = spec(ThinVersion.without(all, QUICK));
    if (!all.has(QUICK)) {
      if (quick) {
        throw new UserException(
            "%s has no thin version: expected what differs in it under the key \"quick\""
                .formatted(source));
      }
      return whole;
    }
    Fields other = Fields.of(Quote.of(QUICK), all.item(QUICK).orElseThrow());
    other.allow(
        "key of the thin version",
        KEYS.stream().filter(key -> !key.equals(QUICK) && !key.equals("name")).toList());
    WrittenSpec thin = spec(ThinVersion.of(ThinVersion.without(all, QUICK), other, SETTINGS));
    return quick ? thin : whole;
  }

  /**
   * {@return what a study asks, without looking at the rest}
   *
   * @param text YAML
   * @param source what the text is, for the sentences
   */
  public static String question(String text, String source) {
    return new Fields(YamlText.parse(text, source)).text("question").orElse("");
  }

  private WrittenSpec spec(Fields all) {
    String name =
        all.text("name").orElseThrow(() -> all.place().refusal("a study needs the key \"name\""));
    all.check("name", () -> StudySpec.requireName(name));
    Map<String, String> settings =
        all.item(SETTINGS).map(item -> settings(Quote.of(SETTINGS), item)).orElse(Map.of());
    Map<String, Map<String, String>> arms = all.item("arms").map(this::arms).orElse(Map.of());
    ParameterReader reader = new ParameterReader(known, settings, arms);
    List<Parameter> parameters = reader.read(all);
    List<String> compare = compare(all, parameters);
    List<Long> seeds =
        all.read("seeds", SpecReader::seeds)
            .orElseGet(
                () -> seeds(DefaultSeeds.of(arms, parameters, compare, all.has("baseline"))));
    int tuneSeeds = all.whole("tune-seeds").orElse(seeds.size());
    all.check("tune-seeds", () -> StudySpec.requireTuneSeeds(tuneSeeds, seeds));
    refuseHalvedEpochs(all, parameters);
    int alike = all.whole("stop-after").orElse(0);
    all.check("stop-after", () -> new Limits(Optional.empty(), Optional.empty(), alike));
    StudySpec spec =
        new StudySpec(
            name,
            all.text("question").orElse(""),
            settings,
            arms,
            parameters,
            compare,
            all.read("search", SearchReader::search).orElse(new Search.Grid()),
            seeds,
            tuneSeeds,
            word(all, "metric", "metric", Metric.values(), Metric::key)
                .orElse(Metric.VALIDATION_ACCURACY),
            all.text("baseline"),
            word(all, "test", "use of test data", TestUse.values(), TestUse::key)
                .orElse(TestUse.ONCE),
            all.read("band", SearchReader::band),
            new Limits(all.duration("budget"), all.duration("trial-budget"), alike),
            all.several("show").stream().map(Show::of).distinct().toList());
    return new WrittenSpec(spec, all);
  }

  /** A halving says itself how long each point is trained. */
  private static void refuseHalvedEpochs(Fields all, List<Parameter> parameters) {
    boolean halving =
        all.read("search", SearchReader::search)
            .filter(Search.Halving.class::isInstance)
            .isPresent();
    boolean varied = parameters.stream().anyMatch(each -> each.name().equals(EPOCHS));
    if (halving && varied) {
      throw all.place("search")
          .refusal(
              "a halving trains its points for ever more epochs itself, so \"epochs\" cannot be varied beside it: leave it out, or choose another search");
    }
  }

  private Map<String, String> settings(String what, Item item) {
    Fields fields = Fields.of(what, item);
    fields
        .item(SEED)
        .ifPresent(seed -> {
          throw seed.place()
              .refusal("a study has more than one seed: give them under the key \"seeds\"");
        });
    fields.allow("setting", known);
    return fields.values();
  }

  private Map<String, Map<String, String>> arms(Item item) {
    Map<String, Map<String, String>> arms = new LinkedHashMap<>();
    Fields.of("\"arms\"", item)
        .mapping()
        .fields()
        .forEach(
            (name, field) -> arms.put(name, settings("The arm " + Quote.of(name), field.value())));
    return arms;
  }

  private static List<String> compare(Fields all, List<Parameter> parameters) {
    List<String> names = parameters.stream().map(Parameter::name).distinct().toList();
    List<String> compared = new ArrayList<>();
    for (Item item : all.several("compare")) {
      String name = Fields.scalar("Each of \"compare\"", item);
      if (!names.contains(name)) {
        throw Fields.unknown(item.place(), "parameter to compare", name, names);
      }
      compared.add(name);
    }
    return compared;
  }

  private static List<Long> seeds(Item item) {
    if (item instanceof Item.Sequence list) {
      List<Long> seeds = new ArrayList<>();
      for (Item each : list.items()) {
        seeds.add(Fields.whole("Each of \"seeds\"", each, Long.MAX_VALUE));
        Fields.check(each.place(), () -> StudySpec.requireSeeds(seeds));
      }
      StudySpec.requireSeeds(seeds);
      return seeds;
    }
    long many = Fields.whole("\"seeds\"", item, Integer.MAX_VALUE);
    if (many < 1 || many > 1000) {
      throw UserException.expecting(
          "\"seeds\"", "a number of them, 1 to 1000, or a list", Long.toString(many));
    }
    return seeds((int) many);
  }

  private static List<Long> seeds(int many) {
    return LongStream.rangeClosed(1, many).boxed().toList();
  }

  private static <T> Optional<T> word(
      Fields all, String key, String kind, T[] values, Function<T, String> text) {
    return all.word(
        key,
        kind,
        Arrays.stream(values)
            .collect(Collectors.toMap(text, Function.identity(), (a, _) -> a, LinkedHashMap::new)));
  }
}
