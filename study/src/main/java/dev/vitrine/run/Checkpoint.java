package dev.vitrine.run;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.format.JsonObject;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.format.TensorInfo;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.ValidationLoss;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Progress;
import dev.vitrine.train.TrainingState;
import dev.vitrine.weights.stored.Cast;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A training's state as a safetensors file: parameters by their names, the optimiser's memory as
 * {@code optimizer.<name>.<parameter>}, counters as {@code progress.…}, those of the best epoch as
 * {@code progress.best.<parameter>}. Doubles among the counters are kept as their 64 bits, so that
 * they come back exactly. Notes keep the hashes of them all, so that numbers which were altered
 * since are refused; files of earlier versions have none.
 */
public final class Checkpoint {
  private static final String OPTIMIZER = "optimizer.";
  private static final String PROGRESS = "progress.";

  /** The notes with {@link Parameters#hash} of the parameters, of each memory, and the counters. */
  private static final String HASH = "parameters_hash";

  private static final String MEMORY_HASH = "memory_hash.";
  private static final String COUNTERS = "progress";
  private static final String PAST_STEPS = "validation_steps";
  private static final String PAST_LOSSES = "validation_losses";

  /** The numbers after the best epoch, by their names. */
  private static final String BEST = PROGRESS + "best.";

  private static final String BEST_HASH = "best_hash";

  private Checkpoint() {}

  /**
   * Writes a state, whole or not at all.
   *
   * @param file where it goes
   * @param state parameters, optimiser's memory and progress
   * @param metadata what the file says of itself
   * @throws UserException if it cannot be written
   */
  public static void write(Path file, TrainingState state, Map<String, String> metadata) {
    List<TensorData> tensors = new ArrayList<>();
    add(tensors, "", state.parameters());
    state.optimizer().forEach((name, memory) -> add(tensors, OPTIMIZER + name + ".", memory));
    Progress p = state.progress();
    tensors.add(TensorData.counter(PROGRESS + "step", p.step()));
    tensors.add(
        TensorData.counter(PROGRESS + "epoch_loss", Double.doubleToLongBits(p.epochLoss())));
    tensors.add(TensorData.counter(PROGRESS + "epoch_correct", p.epochCorrect()));
    tensors.add(TensorData.counter(PROGRESS + "epoch_images", p.epochImages()));
    tensors.add(
        TensorData.counter(PROGRESS + "window_loss", Double.doubleToLongBits(p.windowLoss())));
    addPast(tensors, state.past());
    state.best().ifPresent(best -> add(tensors, BEST, best));
    Map<String, String> notes = new LinkedHashMap<>(metadata);
    notes.put(HASH, state.parameters().hash());
    state.best().ifPresent(best -> notes.put(BEST_HASH, best.hash()));
    state.optimizer().forEach((name, memory) -> notes.put(MEMORY_HASH + name, memory.hash()));
    notes.put(COUNTERS, counters(p, state.past()));
    Safetensors.write(file, tensors, notes);
  }

  /**
   * {@return the hash of a checkpoint's parameters, as it says without them being read}
   *
   * @param file a checkpoint
   * @throws UserException if it cannot be read
   */
  static Optional<String> parametersHash(Path file) {
    try (Safetensors tensors = Safetensors.open(file)) {
      return Optional.ofNullable(tensors.metadata().get(HASH));
    }
  }

  private static void addPast(List<TensorData> tensors, List<ValidationLoss> past) {
    if (past.isEmpty()) {
      return;
    }
    Shape shape = Shape.of(past.size());
    long[] steps = past.stream().mapToLong(ValidationLoss::step).toArray();
    long[] losses = past.stream().mapToLong(each -> Double.doubleToLongBits(each.loss())).toArray();
    tensors.add(TensorData.longs(PROGRESS + PAST_STEPS, shape, steps));
    tensors.add(TensorData.longs(PROGRESS + PAST_LOSSES, shape, losses));
  }

  /** What the counters come to; what validation gave is among them where it decides anything. */
  private static String counters(Progress progress, List<ValidationLoss> past) {
    return past.isEmpty() ? progress.toString() : "%s %s".formatted(progress, past);
  }

  /** Refuses what is not what was written, if a note says that. */
  private static void requireSame(Safetensors tensors, Path file, String note, String now) {
    String written = tensors.metadata().getOrDefault(note, now);
    if (!written.equals(now)) {
      throw new UserException(
          "%s: its numbers are not those that were written: its note %s has %s, but they give %s; the file is damaged, or was changed"
              .formatted(file, Quote.of(note), Quote.of(written), Quote.of(now)));
    }
  }

  private static void add(List<TensorData> tensors, String prefix, Parameters values) {
    for (Layout.Entry entry : values.layout().entries()) {
      tensors.add(
          TensorData.floats(prefix + entry.name(), entry.shape(), values.values(), entry.offset()));
    }
  }

  /**
   * Writes a model's parameters and buffers alone, whole or not at all.
   *
   * @param file where it goes
   * @param model what is kept
   * @throws UserException if it cannot be written
   * @throws IllegalStateException if another thread trains the model now
   */
  public static void writeParameters(Path file, Model model) {
    writeParameters(file, model.parameters().copy(), DType.F32, Map.of());
  }

  /** The same in a type that holds all the numbers, with what the file says of itself. */
  static void writeParameters(
      Path file, Parameters parameters, DType dtype, Map<String, String> metadata) {
    List<TensorData> tensors = new ArrayList<>();
    for (Layout.Entry entry : parameters.layout().entries()) {
      tensors.add(Cast.of(entry.name(), entry.shape(), parameters.values(), entry.offset(), dtype));
    }
    Map<String, String> notes = new LinkedHashMap<>(metadata);
    notes.put(HASH, parameters.hash());
    Safetensors.write(file, tensors, notes);
  }

  /**
   * Reads the parameters alone into a model.
   *
   * @param file a checkpoint
   * @param model whose numbers are overwritten
   * @throws UserException if the file is damaged, or holds others than the network's
   * @throws IllegalStateException if another thread trains the model now
   */
  public static void readParameters(Path file, Model model) {
    try (Safetensors tensors = Safetensors.open(file)) {
      Parameters there = model.parameters();
      there.change(() -> read(tensors, file, "", there));
      List<String> others = parameters(tensors);
      there.layout().entries().forEach(entry -> others.remove(entry.name()));
      if (!others.isEmpty()) {
        throw new UserException(
            "%s: it holds %s too, which the network has not: it belongs to another network"
                .formatted(file, Quote.of(others.getFirst())));
      }
      requireSame(tensors, file, HASH, there.hash());
    }
  }

  /** The names of the tensors that are neither the optimiser's nor counters. */
  private static List<String> parameters(Safetensors tensors) {
    List<String> names = new ArrayList<>(tensors.tensors().keySet());
    names.removeIf(name -> name.startsWith(OPTIMIZER) || name.startsWith(PROGRESS));
    return names;
  }

  /**
   * Reads a state.
   *
   * @param file a checkpoint
   * @param model the network that it must fit; not changed
   * @param optimizerState the names of the optimiser's arrays
   * @return the state, in arrays of its own
   * @throws UserException if the file is damaged, or belongs to another network or optimiser
   */
  public static TrainingState read(Path file, Model model, List<String> optimizerState) {
    try (Safetensors tensors = Safetensors.open(file)) {
      Parameters parameters = Parameters.zeros(model.parameters().layout());
      read(tensors, file, "", parameters);
      requireSame(tensors, file, HASH, parameters.hash());
      requireMemories(tensors, file, optimizerState);
      Map<String, Parameters> optimizer = new LinkedHashMap<>();
      for (String name : optimizerState) {
        Parameters memory = Parameters.zeros(model.parameters().layout());
        read(tensors, file, OPTIMIZER + name + ".", memory);
        requireSame(tensors, file, MEMORY_HASH + name, memory.hash());
        optimizer.put(name, memory);
      }
      Progress progress =
          new Progress(
              counter(tensors, file, "step"),
              Double.longBitsToDouble(counter(tensors, file, "epoch_loss")),
              counter(tensors, file, "epoch_correct"),
              counter(tensors, file, "epoch_images"),
              Double.longBitsToDouble(counter(tensors, file, "window_loss")));
      List<ValidationLoss> past = past(tensors, file);
      requireSame(tensors, file, COUNTERS, counters(progress, past));
      return new TrainingState(parameters, optimizer, progress, past, best(tensors, file, model));
    }
  }

  private static List<ValidationLoss> past(Safetensors tensors, Path file) {
    if (!tensors.tensors().containsKey(PROGRESS + PAST_STEPS)) {
      return List.of();
    }
    long[] steps = tensors.longs(PROGRESS + PAST_STEPS);
    long[] losses = tensors.longs(PROGRESS + PAST_LOSSES);
    if (steps.length != losses.length) {
      throw new UserException(
          "%s: there are %s validation losses for %s steps: the checkpoint is damaged"
              .formatted(file, losses.length, steps.length));
    }
    List<ValidationLoss> past = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      past.add(new ValidationLoss(steps[i], Double.longBitsToDouble(losses[i])));
    }
    return past;
  }

  private static Optional<Parameters> best(Safetensors tensors, Path file, Model model) {
    if (tensors.tensors().keySet().stream().noneMatch(name -> name.startsWith(BEST))) {
      return Optional.empty();
    }
    Parameters best = Parameters.zeros(model.parameters().layout());
    read(tensors, file, BEST, best);
    requireSame(tensors, file, BEST_HASH, best.hash());
    return Optional.of(best);
  }

  /** A rule with other memories, or with more, would go on as if nothing had been. */
  private static void requireMemories(Safetensors tensors, Path file, List<String> expected) {
    Set<String> there =
        tensors.tensors().keySet().stream()
            .filter(name -> name.startsWith(OPTIMIZER))
            .map(name -> name.substring(OPTIMIZER.length()).replaceFirst("\\..*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!there.equals(new TreeSet<>(expected))) {
      throw new UserException(
          "%s: the optimiser keeps %s, but the file has %s: it was trained with another optimiser"
              .formatted(file, listed(expected), listed(there)));
    }
  }

  private static String listed(Collection<String> memories) {
    return memories.isEmpty() ? "nothing" : JsonObject.shown(memories);
  }

  /** How many steps the numbers of a file have been trained for, if it is one of ours. */
  static OptionalLong step(Safetensors tensors, Path file) {
    return tensors.tensors().containsKey(PROGRESS + "step")
        ? OptionalLong.of(counter(tensors, file, "step"))
        : OptionalLong.empty();
  }

  private static long counter(Safetensors tensors, Path file, String name) {
    long[] values = tensors.longs(PROGRESS + name);
    if (values.length != 1) {
      throw new UserException(
          "%s: %s expects one number, but holds %s: the checkpoint is damaged"
              .formatted(file, Quote.of(PROGRESS + name), values.length));
    }
    return values[0];
  }

  private static void read(Safetensors tensors, Path file, String prefix, Parameters into) {
    for (Layout.Entry entry : into.layout().entries()) {
      String name = prefix + entry.name();
      TensorInfo info = tensors.tensors().get(name);
      if (info == null) {
        throw missing(tensors, file, name, entry.shape());
      }
      if (!info.shape().equals(entry.shape())) {
        throw new UserException(
            "%s: %s has shape %s, but the network expects %s: it belongs to another network"
                .formatted(file, Quote.of(name), info.shape(), entry.shape()));
      }
      tensors.floats(name, into.values(), entry.offset());
    }
  }

  private static UserException missing(
      Safetensors tensors, Path file, String name, Shape expected) {
    List<String> there = parameters(tensors);
    String has =
        there.isEmpty()
            ? "no parameters"
            : String.format(
                Locale.ROOT, "%,d tensors, such as %s", there.size(), Quote.of(there.getFirst()));
    return new UserException(
        "%s: the network expects %s %s, but the file has %s: it belongs to another network"
            .formatted(file, Quote.of(name), expected, has));
  }
}
