package dev.vitrine.run;

import dev.vitrine.augment.Augmentation;
import dev.vitrine.data.DataOutline;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Reading;
import dev.vitrine.data.Standardisation;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.Augmentations;
import dev.vitrine.notation.Initializers;
import dev.vitrine.notation.Losses;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.notation.Optimizers;
import dev.vitrine.notation.RecordJson;
import dev.vitrine.notation.RecordJson.Form;
import dev.vitrine.notation.Schedules;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Schedule;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Recipe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All that decides what a run computes, as its {@code config.json} keeps it. Threads and kernels
 * are not in it: they change nothing.
 *
 * <p>The file is these records as {@link RecordJson} writes them, so a new component of any of them
 * is in the file at once. It is {@link java.util.Optional}, which older files may lack, or {@link
 * OlderConfigs} says what it is in those.
 *
 * @param command the command line as typed
 * @param network what is trained, and how it starts
 * @param data what it is trained on, and what of it
 * @param recipe how it is trained; its optimiser and its loss are such as have names
 */
public record RunConfig(String command, RunNetwork network, RunData data, Recipe recipe) {
  private static final String FORMAT = "format";

  private static final RecordJson JSON =
      RecordJson.of(
          Form.text(Initializer.class, Initializers::text, Initializers::parse),
          Form.text(Schedule.class, Schedules::text, Schedules::parse),
          Form.text(InputRule.class, InputRule::text, InputRule::parse),
          Form.text(Augmentation.class, Augmentations::text, Augmentations::parse),
          new Form<>(
              Optimizer.class, Optimizers::json, (json, key) -> Optimizers.read(json.object(key))),
          new Form<>(Loss.class, Losses::json, (json, key) -> Losses.read(json.object(key))),
          new Form<>(Seed.class, Seed::value, (json, key) -> Seed.of(json.integer(key))),
          new Form<>(
              Shape.class,
              shape -> Arrays.stream(shape.sizes()).boxed().toList(),
              NetworkFile::shape));

  /**
   * Checks what needs more than one of them.
   *
   * @throws UserException if the recipe has a rate for a parameter that the network has not
   */
  public RunConfig {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(recipe, "recipe");
    if (!recipe.rates().isEmpty()) {
      requireParameters(network.spec(), recipe.rates().keySet());
    }
  }

  private static void requireParameters(NetworkSpec spec, Set<String> names) {
    Layout layout = Model.layout(spec.layers(), spec.input());
    try {
      names.forEach(layout::entry); // refuses unknown ones
    } catch (UserException e) {
      throw e.of("recipe: rates");
    }
  }

  /**
   * {@return the same for data of which so much is known: what nobody said of loss and inputs is as
   * usual for such data} Targets that are numbers are compared by their squared error, and features
   * are taken as they are.
   *
   * @param data what it is to be trained on
   */
  public RunConfig outlined(DataOutline data) {
    Recipe fitting = recipe;
    boolean open = this.data.reading().flatMap(Reading::numbers).orElse(true);
    if (open && data.targets().isPresent() && recipe.loss() instanceof Loss.CrossEntropy) {
      fitting = fitting.loss(Loss.meanSquaredError());
    }
    boolean usual = this.data.use().inputs().filter(rule -> rule == InputRule.USUAL).isPresent();
    if (usual && data.shape().rank() != 3) {
      Normalisation said = recipe.normalisation();
      fitting =
          fitting.normalisation(
              new Normalisation(Normalisation.NONE.divisor(), said.mean(), said.deviation()));
    }
    return new RunConfig(command, network, this.data.decided(), fitting);
  }

  /** What is known of data that are at hand. */
  private static DataOutline outline(Dataset train) {
    Optional<Shape> numbers =
        train.targets() instanceof Targets.Numbers its
            ? Optional.of(its.shape())
            : Optional.empty();
    return new DataOutline(train.shape(), train.hasFloats(), numbers, train.size(), 0, 0, 0);
  }

  /**
   * {@return the same for data that are at hand: it keeps what tells them from others, inputs that
   * are to be standardised are, and its network is built for them} A named one takes examples of
   * any shape, and has as many outputs as there are classes or target numbers; one from a file
   * stays as it is.
   *
   * @param splits what it is trained on
   * @throws UserException if a layer does not fit such examples
   */
  public RunConfig fitted(DataSplits splits) {
    return fitted(TuningData.of(splits));
  }

  /**
   * {@return the same as {@link #fitted(DataSplits)}}
   *
   * @param tuning what it is trained on
   * @throws UserException if a layer does not fit such examples
   */
  public RunConfig fitted(TuningData tuning) {
    Dataset train = tuning.train();
    RunConfig decided = outlined(outline(train));
    RunNetwork built = network.fitted(train.shape(), train.targets().outputs(), train.name());
    boolean measured = data.use().inputs().filter(rule -> rule == InputRule.MEASURED).isPresent();
    Recipe fitting = decided.recipe;
    if (measured) {
      fitting = fitting.normalisation(Standardisation.of(train));
    }
    return new RunConfig(command, built, decided.data.found(DataFacts.of(tuning)), fitting);
  }

  /**
   * {@return the same with other data, or the same data in another place}
   *
   * @param other the dataset's name or folder, and what of it is used
   */
  public RunConfig with(RunData other) {
    return new RunConfig(command, network, other, recipe);
  }

  /** The same without what belongs to a machine or a moment: the command, and where files are. */
  RunConfig portable() {
    return new RunConfig("", network.portable(), data.portable(), recipe);
  }

  /** The network for images that are still to be resized, as {@link #fitted} has it. */
  NetworkSpec specFor(Shape images, int classes, String name) {
    return network.fitted(data.use().resized(images), classes, name).spec();
  }

  /**
   * {@return the network with its first numbers, drawn or learned elsewhere}
   *
   * @throws UserException if they are learned, and cannot be read or do not fit
   */
  public Model newModel() {
    return network.first(recipe.seed());
  }

  /** The same once a run has begun with its first numbers. */
  RunConfig began(Model first) {
    return new RunConfig(command, network.began(first), data, recipe);
  }

  /**
   * {@return what it computes as a text, equal for runs that were told the same in other words} A
   * standard value that is written out, another spelling of a number or of a path make no
   * difference; what only the data can tell does.
   */
  public String meaning() {
    return RunMeaning.of(this);
  }

  /** {@return the fields as {@code config.json} has them} */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(FORMAT, OlderConfigs.NEWEST);
    json.putAll(JSON.write(this));
    return json;
  }

  /**
   * Reads what {@link #toJson} gives, or gave in an earlier format.
   *
   * @param json a {@code config.json}
   * @return the configuration
   * @throws UserException if a field is missing, unknown or wrong
   */
  public static RunConfig of(JsonObject json) {
    JsonObject newest = OlderConfigs.toNewest(json, json.integer(FORMAT));
    Map<String, Object> fields = new LinkedHashMap<>(newest.fields());
    fields.remove(FORMAT);
    return JSON.read(new JsonObject(json.source(), fields), RunConfig.class);
  }
}
