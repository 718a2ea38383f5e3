package dev.vitrine.web.rooms;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.image.Polarity;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.inside.LayerNumbers;
import dev.vitrine.inside.LayerProbe;
import dev.vitrine.inside.ParameterNumbers;
import dev.vitrine.inside.Reading;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.look.pixels.Occlusion;
import dev.vitrine.look.pixels.UnitGradient;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.predict.Guess;
import dev.vitrine.predict.Predictor;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.settings.NamedData;
import dev.vitrine.spread.Spread;
import dev.vitrine.tensor.Shape;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.model.EmbeddedDigits;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A trained network that answers the page, with what it takes to look inside. */
final class OpenNetwork implements AutoCloseable {
  private static final int LEVELS = 127;
  private static final int MOST_FILTERS = 64;
  private static final int MOST_CHANNELS = 8;

  private final Model model;
  private final Preprocessing preprocessing;
  private final List<String> names;
  private final Function<float[], double[]> probabilities;
  private final Runnable end;
  private final Compute compute;

  /** What looks inside is built when it is first asked for, and asked by one at a time. */
  private final ReentrantLock inside = new ReentrantLock();

  private LayerProbe probe;
  private UnitGradient gradient;

  private OpenNetwork(
      Model model,
      Preprocessing preprocessing,
      List<String> names,
      Function<float[], double[]> probabilities,
      Runnable end,
      Kernels kernels) {
    this.model = model;
    this.preprocessing = preprocessing;
    this.names = List.copyOf(names);
    this.probabilities = probabilities;
    this.end = end;
    this.compute = new Compute(kernels, new Workers(1));
  }

  /** A run's. */
  static OpenNetwork of(TrainedNetwork network, Kernels kernels) {
    Model model = network.model();
    Predictor predictor = Predictor.of(model, kernels);
    int classes = predictor.classes();
    List<String> names =
        network
            .run()
            .map(run -> NamedData.classNames(run, classes))
            .orElseGet(() -> NamedData.classNames("", classes));
    return new OpenNetwork(
        model,
        network.preprocessing(),
        names,
        numbers -> inOrder(predictor.top(classes, numbers), classes),
        predictor::close,
        kernels);
  }

  /** The one that comes with Vitrine and reads photographs: ten digits, and none. */
  static OpenNetwork embedded(Kernels kernels) {
    EmbeddedDigits digits = EmbeddedDigits.open(kernels);
    List<String> names = new ArrayList<>(NamedData.classNames("", DigitModel.DIGITS));
    names.add("no digit");
    names.add("several digits");
    return new OpenNetwork(
        digits.model(),
        Preprocessing.unit(Normalisation.UNIT).trainedOn(Polarity.LIGHT_ON_DARK),
        names,
        numbers -> doubles(digits.probabilities(new float[][] {numbers})[0]),
        digits::close,
        kernels);
  }

  private static double[] inOrder(List<Guess> guesses, int classes) {
    double[] all = new double[classes];
    guesses.forEach(guess -> all[guess.index()] = guess.probability());
    return all;
  }

  private static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i];
    }
    return all;
  }

  Model model() {
    return model;
  }

  Preprocessing preprocessing() {
    return preprocessing;
  }

  List<String> names() {
    return names;
  }

  /** Every class with its probability, the likeliest first. */
  List<Map<String, Object>> read(float[] numbers) {
    double[] shares = probabilities.apply(numbers);
    return IntStream.range(0, shares.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer c) -> -shares[c]))
        .map(c -> {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("class", c);
          json.put("name", names.get(c));
          json.put("probability", shares[c]);
          return json;
        })
        .toList();
  }

  /**
   * What each layer gives, as bytes from −127 to 127 in Base64 and the number that 127 stands for.
   */
  List<Map<String, Object>> layers(float[] numbers) {
    inside.lock();
    try {
      return numbers(numbers).stream().map(OpenNetwork::json).toList();
    } finally {
      inside.unlock();
    }
  }

  /** What one layer gives, as {@link #layers} are written, and how its numbers are spread. */
  Map<String, Object> layer(String path, float[] numbers) {
    inside.lock();
    try {
      LayerNumbers layer =
          numbers(numbers).stream()
              .filter(each -> each.path().equals(path))
              .findFirst()
              .orElseThrow(() ->
                  new UserException(
                      "%s gives nothing of its own when the network is used"
                          .formatted(Quote.of(path))));
      Map<String, Object> json = json(layer);
      json.put("spread", Spreads.json(Spread.of(layer.outputs()[0])));
      return json;
    } finally {
      inside.unlock();
    }
  }

  private List<LayerNumbers> numbers(float[] numbers) {
    if (probe == null) {
      probe = LayerProbe.of(model, Optional.empty(), 1, compute);
    }
    return probe
        .read(plan -> {
          plan.input(Model.INPUT, 0, numbers);
          return 1;
        })
        .layers();
  }

  private static Map<String, Object> json(LayerNumbers layer) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", layer.path());
    json.put("shape", layer.shape().sizes());
    json.putAll(scaled(layer.outputs()[0]));
    return json;
  }

  /** A layer's own numbers, how they are spread, and as pictures where they are of some. */
  List<Map<String, Object>> parameters(String path) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ParameterNumbers each : Reading.ofParameters(model).parameters()) {
      if (each.spec().name().startsWith(path + ".")) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", each.spec().name());
        json.put("shape", each.spec().shape().sizes());
        json.put("spread", Spreads.json(Spread.of(each.values())));
        filters(each).ifPresent(filters -> json.put("filters", filters));
        all.add(json);
      }
    }
    return all;
  }

  /** The kernels of a convolution, or the weights of units that see the whole input. */
  private Optional<Map<String, Object>> filters(ParameterNumbers of) {
    Shape shape = of.spec().shape();
    Shape input = model.input();
    boolean whole = shape.rank() == 2 && input.rank() == 3 && shape.size(1) == input.elements();
    if (!whole && (shape.rank() != 4 || shape.size(2) * shape.size(3) == 1)) {
      return Optional.empty();
    }
    int inputs = whole ? input.size(0) : shape.size(1);
    int plane = whole ? input.size(1) * input.size(2) : shape.size(2) * shape.size(3);
    int filters = Math.min(shape.size(0), MOST_FILTERS);
    int channels = Math.min(inputs, MOST_CHANNELS);
    float[] shown = new float[filters * channels * plane];
    for (int f = 0; f < filters; f++) {
      System.arraycopy(
          of.values(), f * inputs * plane, shown, f * channels * plane, channels * plane);
    }
    Map<String, Object> json = new LinkedHashMap<>(scaled(shown));
    json.put("filters", filters);
    json.put("channels", channels);
    json.put("height", whole ? input.size(1) : shape.size(2));
    json.put("width", whole ? input.size(2) : shape.size(3));
    return Optional.of(json);
  }

  /** How the score of a class changes with each pixel, as {@link #layers} are written. */
  Map<String, Object> saliency(int unit, float[] numbers) {
    inside.lock();
    try {
      requireGradient();
      return scaled(gradient.of(gradient.unit(unit), new float[][] {numbers}).gradients()[0]);
    } finally {
      inside.unlock();
    }
  }

  /**
   * By how much the score of a class falls where a square of the picture is covered with black, as
   * {@link #layers} are written, with the squares' number along each side.
   */
  Map<String, Object> occlusion(int unit, float[] numbers) {
    inside.lock();
    try {
      requireGradient();
      Shape input = model.input();
      Raster black = Raster.black(input.size(2), input.size(1), input.size(0) == 3 ? 3 : 1);
      Occlusion found = Occlusion.of(gradient, unit, numbers, preprocessing.numbers(black, input));
      float[] falls = new float[found.falls().length];
      for (int i = 0; i < falls.length; i++) {
        falls[i] = (float) found.falls()[i];
      }
      Map<String, Object> json = new LinkedHashMap<>(scaled(falls));
      json.put("side", found.side());
      json.put("rows", found.rows());
      json.put("columns", found.columns());
      return json;
    } finally {
      inside.unlock();
    }
  }

  private void requireGradient() {
    if (gradient == null) {
      gradient = UnitGradient.ofScores(model, compute);
    }
  }

  static Map<String, Object> scaled(float[] values) {
    float most = 0;
    for (float value : values) {
      most = Math.max(most, Math.abs(value));
    }
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) (most == 0 ? 0 : Math.round(LEVELS * values[i] / most));
    }
    return Map.of("scale", most, "values", Base64.getEncoder().encodeToString(bytes));
  }

  @Override
  public void close() {
    end.run();
    compute.close();
  }
}
