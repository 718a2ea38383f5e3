package dev.vitrine.web.live;

import dev.vitrine.inside.LayerNumbers;
import dev.vitrine.inside.ParameterNumbers;
import dev.vitrine.inside.Reading;
import dev.vitrine.inside.Recording;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Judgement;
import dev.vitrine.run.InsideWatcher;
import dev.vitrine.spread.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is seen of the numbers within a network while it is trained: written by the training's
 * thread, read by any other.
 */
public final class Within implements InsideWatcher {
  /** More recordings than a chart has room for; of a longer training every second one goes. */
  private static final int MOST = 200;

  /**
   * The numbers of one layer or parameter, as the newest recording has them.
   *
   * @param kind what they are
   * @param name the layer's path or the parameter's name
   */
  record Key(Recording.Kind kind, String name) {}

  /**
   * How one classifier's examples were read.
   *
   * @param on what the examples are: validation or test
   * @param epoch after which
   * @param names of the classes
   * @param matrix the counts
   */
  public record Confusion(String on, int epoch, List<String> names, ConfusionMatrix matrix) {
    /** Copies the list. */
    public Confusion {
      names = List.copyOf(names);
    }
  }

  private final List<Recording> recordings = new ArrayList<>();
  private final Map<Key, Spread> newest = new LinkedHashMap<>();
  private List<String> classes = List.of();
  private Confusion confusion;
  private int looks;
  private int every = 1;
  private long heard;

  Within() {}

  /** What was recorded before a training was stopped, and what its classes are called. */
  synchronized void begin(List<Recording> before, List<String> names) {
    classes = List.copyOf(names);
    before.forEach(this::keep);
  }

  @Override
  public void recorded(Recording recording, Reading reading) {
    Map<Key, Spread> spreads = new LinkedHashMap<>();
    for (ParameterNumbers each : reading.parameters()) {
      String name = each.spec().name();
      put(spreads, Recording.Kind.WEIGHTS, name, each.values());
      each.gradient().ifPresent(g -> put(spreads, Recording.Kind.GRADIENTS, name, g));
    }
    for (LayerNumbers layer : reading.layers()) {
      put(spreads, Recording.Kind.ACTIVATIONS, layer.path(), layer.allOutputs());
    }
    synchronized (this) {
      newest.clear();
      newest.putAll(spreads);
      keep(recording);
      looks++;
    }
  }

  private static void put(
      Map<Key, Spread> spreads, Recording.Kind kind, String name, float[] values) {
    Spread.of(values).ifPresent(spread -> spreads.put(new Key(kind, name), spread));
  }

  /** The newest is always there; of the older ones as many as a chart shows. */
  private void keep(Recording recording) {
    if (!recordings.isEmpty() && (heard - 1) % every != 0) {
      recordings.removeLast();
    }
    recordings.add(recording);
    heard++;
    if (recordings.size() > MOST) {
      List<Recording> half = new ArrayList<>();
      for (int i = 0; i < recordings.size(); i += 2) {
        half.add(recordings.get(i));
      }
      recordings.clear();
      recordings.addAll(half);
      every *= 2;
    }
  }

  /** How the examples of an epoch's end, or of the training's, were read, if they have classes. */
  synchronized void judged(String on, int epoch, Judgement judgement) {
    if (judgement instanceof Evaluation evaluation) {
      confusion = new Confusion(on, epoch, classes, evaluation.confusion());
      looks++;
    }
  }

  /** How often there was something new to see. */
  synchronized int looks() {
    return looks;
  }

  /** {@return how the newest examples were read, if any were judged} */
  public synchronized Optional<Confusion> confusion() {
    return Optional.ofNullable(confusion);
  }

  /**
   * {@return what is recorded, by step: the first, the newest, and of those between at most 200}
   */
  public synchronized List<Recording> recordings() {
    return List.copyOf(recordings);
  }

  /**
   * {@return a histogram of the newest recording's numbers, if they are finite}
   *
   * @param kind what they are
   * @param name the layer's path or the parameter's name
   */
  public synchronized Optional<Spread> histogram(Recording.Kind kind, String name) {
    return Optional.ofNullable(newest.get(new Key(kind, name)));
  }
}
