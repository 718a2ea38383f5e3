package dev.vitrine.web.rooms;

import dev.vitrine.inside.LayerNumbers;
import dev.vitrine.inside.LayerProbe;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.look.pixels.UnitGradient;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.predict.Guess;
import dev.vitrine.predict.Predictor;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.settings.NamedData;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A trained network that answers the page, with what it takes to look inside. */
final class OpenNetwork implements AutoCloseable {
  private static final int LEVELS = 127;

  private final TrainedNetwork network;
  private final Model model;
  private final Predictor predictor;
  private final List<String> names;
  private final Compute compute;

  /** What looks inside is built when it is first asked for, and asked by one at a time. */
  private final ReentrantLock inside = new ReentrantLock();

  private LayerProbe probe;
  private UnitGradient gradient;

  OpenNetwork(TrainedNetwork network, Kernels kernels) {
    this.network = network;
    this.model = network.model();
    this.predictor = Predictor.of(model, kernels);
    this.compute = new Compute(kernels, new Workers(1));
    int classes = predictor.classes();
    this.names =
        network
            .run()
            .map(run -> NamedData.classNames(run, classes))
            .orElseGet(() -> NamedData.classNames("", classes));
  }

  TrainedNetwork network() {
    return network;
  }

  /** Every class with its probability, the likeliest first. */
  List<Map<String, Object>> read(float[] numbers) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Guess guess : predictor.top(names.size(), numbers)) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("class", guess.index());
      json.put("name", names.get(guess.index()));
      json.put("probability", guess.probability());
      all.add(json);
    }
    return all;
  }

  /**
   * What each layer gives, as bytes from −127 to 127 in Base64 and the number that 127 stands for.
   */
  List<Map<String, Object>> layers(float[] numbers) {
    inside.lock();
    try {
      if (probe == null) {
        probe = LayerProbe.of(model, Optional.empty(), 1, compute);
      }
      List<Map<String, Object>> layers = new ArrayList<>();
      for (LayerNumbers layer :
          probe
              .read(plan -> {
                plan.input(Model.INPUT, 0, numbers);
                return 1;
              })
              .layers()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", layer.path());
        json.put("shape", layer.shape().sizes());
        json.putAll(scaled(layer.outputs()[0]));
        layers.add(json);
      }
      return layers;
    } finally {
      inside.unlock();
    }
  }

  /** How the score of a class changes with each pixel, as {@link #layers} are written. */
  Map<String, Object> saliency(int unit, float[] numbers) {
    inside.lock();
    try {
      if (gradient == null) {
        gradient = UnitGradient.ofScores(model, compute);
      }
      return scaled(gradient.of(gradient.unit(unit), new float[][] {numbers}).gradients()[0]);
    } finally {
      inside.unlock();
    }
  }

  private static Map<String, Object> scaled(float[] values) {
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
    predictor.close();
    compute.close();
  }
}
