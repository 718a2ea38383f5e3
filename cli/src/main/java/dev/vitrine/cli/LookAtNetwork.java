package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.look.FeatureView;
import dev.vitrine.look.FilterView;
import dev.vitrine.look.MaximisedView;
import dev.vitrine.look.PixelView;
import dev.vitrine.look.View;
import dev.vitrine.look.pixels.Attribution;
import dev.vitrine.look.pixels.Maximisation;
import dev.vitrine.look.pixels.Occlusion;
import dev.vitrine.look.pixels.UnitGradient;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.predict.LayerOutput;
import dev.vitrine.predict.Predictor;
import dev.vitrine.readout.Maps;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What of a network is looked at. */
final class LookAtNetwork {
  private static final int WHITE = 255;
  private static final int MIDDLE = 128;

  @Option(
      names = "--histograms",
      description =
          "Weights, activations and gradients of every layer, and units that are dead, saturated or"
              + " copies of others, for the first 64 test images or those of --example.")
  private boolean histograms;

  @Option(
      names = "--filters",
      paramLabel = "LAYER",
      description = "The learned filters of a convolution, by its name or number.")
  private Optional<String> filters;

  @Option(
      names = "--features",
      paramLabel = "LAYERS",
      description =
          "What layers make of pictures, such as conv1,relu1 (names, or numbers from 1), on one"
              + " signed scale, and what each map is to the original (below).")
  private Optional<String> features;

  @Option(
      names = "--grid",
      paramLabel = "ROWSxCOLUMNS",
      description = "How --features lays out maps, such as 4x5; more are left out. Default: all")
  private Optional<String> grid;

  @Option(
      names = "--maximize",
      paramLabel = "LAYER:UNIT",
      description =
          "Pictures that units answer strongly to, such as conv1:3 or linear2:0-9, by gradient"
              + " ascent with one fixed recipe.")
  private Optional<String> maximize;

  @Option(
      names = "--saliency",
      description =
          "The gradient of a class's score with respect to each pixel, and integrated gradients from"
              + " the --baseline, whose sum is checked.")
  private boolean saliency;

  @Option(
      names = "--occlude",
      description = "By how much a class's score falls where a square of the picture is covered.")
  private boolean occlude;

  @Option(
      names = "--class",
      paramLabel = "N",
      description =
          "The class of --saliency and --occlude, by its number. Default: that with the highest score")
  private Optional<Integer> scored;

  @Option(
      names = "--baseline",
      paramLabel = "GREY",
      description =
          "The picture that says nothing, from which --saliency integrates and with which --occlude"
              + " covers: black, grey, white, or a level from 0 to 255. Default: black")
  private Optional<String> baseline;

  /** What was asked for; {@code --saliency} and {@code --occlude} go together. */
  List<String> asked() {
    List<String> asked = new ArrayList<>();
    if (histograms) {
      asked.add("--histograms");
    }
    filters.ifPresent(_ -> asked.add("--filters"));
    features.ifPresent(_ -> asked.add("--features"));
    maximize.ifPresent(_ -> asked.add("--maximize"));
    if (saliency || occlude) {
      asked.add(saliency ? "--saliency" : "--occlude");
    }
    return asked;
  }

  /** The test images that are looked at where nothing is said; empty if none are needed. */
  Optional<String> usual() {
    return histograms
        ? Optional.of("0-63")
        : features.isPresent() || saliency || occlude ? Optional.of("0") : Optional.empty();
  }

  /** Whether an untrained network without data can be looked at. */
  boolean weightsDo() {
    return histograms;
  }

  /** Options that stand beside others alone. */
  Map<String, Boolean> companions() {
    Map<String, Boolean> companions = new LinkedHashMap<>();
    companions.put("--grid", features.isPresent());
    companions.put("--class", saliency || occlude);
    companions.put("--baseline", saliency || occlude);
    return companions;
  }

  /** Of something that needs no pictures. */
  View ofNumbers(LookedAt seen) {
    if (histograms) {
      return LookHistograms.ofWeights(seen);
    }
    LookLayers layers = new LookLayers(seen.model());
    return filters.isPresent() ? filters(seen, layers) : maximised(seen, layers);
  }

  private View filters(LookedAt seen, LookLayers layers) {
    String layer = layers.layer("--filters", filters.orElseThrow());
    ParameterSpec weight =
        seen.model().specs().stream()
            .filter(spec -> spec.name().startsWith(layer + ".") && spec.shape().rank() == 4)
            .findFirst()
            .orElseThrow(() ->
                new UserException(
                    "--filters expects a convolution, but %s is none; those are: %s"
                        .formatted(Quote.of(layer), String.join(", ", convolutions(seen)))));
    float[] numbers = seen.model().parameters().get(weight.name());
    return FilterView.of(seen.title(), layer, weight.shape(), numbers);
  }

  private static List<String> convolutions(LookedAt seen) {
    return seen.model().specs().stream()
        .filter(spec -> spec.shape().rank() == 4)
        .map(spec -> spec.name().substring(0, spec.name().lastIndexOf('.')))
        .toList();
  }

  private View maximised(LookedAt seen, LookLayers layers) {
    List<LookLayers.Unit> units = layers.units("--maximize", maximize.orElseThrow());
    Shape input = requireImages(seen);
    float[] black = level(seen, 0);
    float[] white = level(seen, WHITE);
    List<MaximisedView.Seen> found = new ArrayList<>();
    try (Compute compute = Compute.best()) {
      Map<String, UnitGradient> known = new LinkedHashMap<>();
      for (LookLayers.Unit unit : units) {
        UnitGradient gradient =
            known.computeIfAbsent(
                unit.layer(), layer -> UnitGradient.ofLayer(seen.model(), layer, compute));
        Maximisation most = Maximisation.of(gradient, unit.number(), black, white);
        found.add(new MaximisedView.Seen(unit.toString(), most));
      }
    }
    return MaximisedView.of(seen.title(), found, input, black, white);
  }

  private static Shape requireImages(LookedAt seen) {
    Shape input = seen.network().spec().input();
    if (input.rank() != 3) {
      throw new UserException(
          "The network is given %s numbers, not pictures: there are no pixels to look at"
              .formatted(input.elements()));
    }
    return input;
  }

  /** What a picture of one grey is to the network. */
  private static float[] level(LookedAt seen, int level) {
    Shape input = seen.network().spec().input();
    Preprocessing unit = seen.network().preprocessing();
    Raster flat = Raster.black(input.size(2), input.size(1), input.size(0) == 3 ? 3 : 1);
    flat.fill(level);
    return unit.numbers(flat, input);
  }

  /**
   * Checks what can be checked before pictures are read.
   *
   * @throws UserException if a layer or a layout is none
   */
  void check(LookedAt seen) {
    LookLayers layers = new LookLayers(seen.model());
    features.ifPresent(typed -> layers.layers("--features", typed));
    grid.ifPresent(LookAtNetwork::grid);
    level();
    if (saliency || occlude) {
      requireImages(seen);
    }
  }

  /** Of pictures. */
  View of(LookedAt seen, List<Subject> subjects) {
    if (histograms) {
      return LookHistograms.of(seen, subjects);
    }
    return features.isPresent() ? features(seen, subjects) : pixels(seen, subjects);
  }

  private View features(LookedAt seen, List<Subject> subjects) {
    FeatureView.Grid laid = grid.map(LookAtNetwork::grid).orElse(new FeatureView.Grid(0, 0));
    List<String> layers = new LookLayers(seen.model()).layers("--features", features.orElseThrow());
    List<FeatureView.Seen> shown = new ArrayList<>();
    try (Predictor predictor = Predictor.of(seen.model())) {
      for (Subject subject : subjects) {
        List<Maps> maps = new ArrayList<>();
        for (String layer : layers) {
          LayerOutput output = predictor.layer(layer);
          maps.add(Maps.of(layer, output.shape(), output.read(subject.numbers())));
        }
        shown.add(new FeatureView.Seen(subject.caption(), subject.view(), subject.numbers(), maps));
      }
    }
    return FeatureView.of(seen.title(), shown, laid);
  }

  private static FeatureView.Grid grid(String typed) {
    if (!typed.matches("[1-9]\\d{0,3}[x×][1-9]\\d{0,3}")) {
      throw UserException.expecting(
          "--grid", "ROWSxCOLUMNS, such as 4x5, each from 1", Quote.of(typed));
    }
    String[] sides = typed.split("[x×]", -1);
    return new FeatureView.Grid(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
  }

  /** The grey of the baseline. */
  private int level() {
    String typed = baseline.orElse("black");
    return switch (typed) {
      case "black" -> 0;
      case "grey", "gray" -> MIDDLE;
      case "white" -> WHITE;
      default -> {
        if (!typed.matches("\\d{1,3}") || Integer.parseInt(typed) > WHITE) {
          throw UserException.expecting(
              "--baseline", "black, grey, white, or a level from 0 to 255", Quote.of(typed));
        }
        yield Integer.parseInt(typed);
      }
    };
  }

  /** What the view calls it. */
  private String ground() {
    return switch (level()) {
      case 0 -> "black";
      case MIDDLE -> "grey";
      case WHITE -> "white";
      default -> "grey %s of 255".formatted(level());
    };
  }

  private View pixels(LookedAt seen, List<Subject> subjects) {
    requireImages(seen);
    float[] ground = level(seen, level());
    List<PixelView.Seen> shown = new ArrayList<>();
    try (Compute compute = Compute.best();
        Predictor predictor = Predictor.of(seen.model())) {
      UnitGradient scores = UnitGradient.ofScores(seen.model(), compute);
      int classes = scores.output().elements();
      if (scores.output().rank() != 1 || scored.filter(c -> c < 0 || c >= classes).isPresent()) {
        throw new UserException(
            "--class expects 0 to %s, the network's scores, but got %s"
                .formatted(classes - 1, scored.map(String::valueOf).orElse("maps")));
      }
      for (Subject subject : subjects) {
        int unit = scored.orElseGet(() -> best(predictor, subject.numbers()));
        Optional<Attribution> attribution =
            saliency
                ? Optional.of(Attribution.of(scores, unit, subject.numbers(), ground))
                : Optional.empty();
        Optional<Occlusion> occlusion =
            occlude
                ? Optional.of(Occlusion.of(scores, unit, subject.numbers(), ground))
                : Optional.empty();
        shown.add(
            new PixelView.Seen(
                subject.caption(), subject.view(), "class " + unit, attribution, occlusion));
      }
    }
    return PixelView.of(seen.title(), shown, ground());
  }

  private static int best(Predictor predictor, float... example) {
    float[] scores = predictor.predict(example);
    int best = 0;
    for (int unit = 1; unit < scores.length; unit++) {
      best = scores[unit] > scores[best] ? unit : best;
    }
    return best;
  }
}
