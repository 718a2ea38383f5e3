package dev.vitrine.arch;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.graph.Rewrite;
import dev.vitrine.image.Normalisation;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Slice;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Schedule;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.predict.LayerOutput;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.LocalRounds;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.RegressionEvaluator;
import dev.vitrine.train.ShardWork;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** An argument of any type, good enough to stand beside one that is not. */
final class Samples implements AutoCloseable {
  private static final int DEEPEST = 6;

  private final Map<Class<?>, Object> known = new HashMap<>();
  private final Workers workers = new Workers(1);
  private final Compute compute = Compute.of(1);
  private final Predictor predictor = Predictor.of(Model.of(Linear.of(1), Shape.of(1)));

  Samples() {
    Graph graph = new Graph();
    Value value = graph.apply(new Leaf.Input("x", Shape.of(1)));
    known.put(int.class, 1);
    known.put(long.class, 1L);
    known.put(double.class, 0.5);
    known.put(float.class, 0.5f);
    known.put(boolean.class, true);
    known.put(char.class, 'x');
    known.put(String.class, "x");
    known.put(Object.class, "x");
    known.put(Path.class, Path.of("x"));
    known.put(Duration.class, Duration.ofSeconds(1));
    known.put(Optional.class, Optional.empty());
    known.put(Collection.class, List.of());
    known.put(List.class, List.of());
    known.put(Map.class, Map.of());
    known.put(Seed.class, Seed.of(0));
    known.put(Shape.class, Shape.of(1));
    known.put(Layer.class, Linear.of(1));
    known.put(Model.class, Model.of(Linear.of(1), Shape.of(1)));
    known.put(Optimizer.class, Sgd.of(0.1));
    known.put(Recipe.class, Recipe.of(Sgd.of(0.1)));
    known.put(LocalRounds.class, rounds());
    known.put(Workers.class, workers);
    known.put(Compute.class, compute);
    known.put(Graph.class, graph);
    known.put(Value.class, value);
    Parameters none = Parameters.zeros(Layout.of(Map.of()));
    Plan plan = Planner.of(graph, none).outputs(value).plan(KernelChoice.best().kernels(), workers);
    known.put(Plan.class, plan);
    known.put(Interpreter.Values.class, new Interpreter(1).input("x", new double[1]).run(graph));
    known.put(Rewrite.Place.class, place(graph, value));
    known.put(Schedule.OneCycle.class, new Schedule.OneCycle(2, 0.5));
    Schedule.Product product =
        new Schedule.Product(List.of(new Schedule.Constant(), new Schedule.Constant()));
    known.put(Schedule.Product.class, product);
    known.put(Slice.class, Slice.of(0, 0, 1));
    known.put(Targets.Classes.class, Targets.Classes.of(List.of("x"), 0));
    known.put(Predictor.class, predictor);
    known.put(LayerOutput.class, predictor.output());
    known.put(RegressionEvaluator.class, regression());
    known.put(Evaluator.class, classification());
    known.put(Dataset.class, new Digits(Seed.of(0), 10, 10).loadTest());
  }

  private LocalRounds rounds() {
    Model model = Model.of(Linear.of(2), Shape.of(1));
    Recipe recipe = Recipe.of(Sgd.of(0.1)).shards(2).localSteps(1);
    return new LocalRounds(model, recipe, ShardWork.of(model, recipe, compute), compute);
  }

  private RegressionEvaluator regression() {
    Targets numbers = Targets.Numbers.of(Shape.of(1), 1, 2);
    Dataset data = Dataset.of("x", Shape.of(1), new float[2], numbers);
    Model model = Model.of(Linear.of(1), Shape.of(1));
    return new RegressionEvaluator(
        model, Loss.meanSquaredError(), data, Normalisation.NONE, compute);
  }

  private Evaluator classification() {
    Dataset data =
        Dataset.of("x", Shape.of(1), new float[2], Targets.Classes.of(List.of("x", "y"), 0, 1));
    return new Evaluator(Model.of(Linear.of(2), Shape.of(1)), data, Normalisation.NONE, compute);
  }

  private static Rewrite.Place place(Graph graph, Value value) {
    AtomicReference<Rewrite.Place> place = new AtomicReference<>();
    Rewrite.of(graph)
        .replace(
            value,
            at -> {
              place.set(at);
              return at.copy();
            })
        .run();
    return place.get();
  }

  /** One of the type; empty if none can be made. */
  Optional<Object> of(Class<?> type) {
    return of(type, DEEPEST);
  }

  private Optional<Object> of(Class<?> type, int depth) {
    if (known.containsKey(type)) {
      return Optional.of(known.get(type));
    }
    Optional<Object> made = depth == 0 ? Optional.empty() : made(type, depth - 1);
    made.ifPresent(sample -> known.put(type, sample));
    return made;
  }

  private Optional<Object> made(Class<?> type, int depth) {
    if (type.isArray()) {
      return Optional.of(Array.newInstance(type.getComponentType(), 0));
    }
    if (type.isEnum()) {
      return Optional.of(type.getEnumConstants()[0]);
    }
    if (type.isSealed()) {
      return Arrays.stream(type.getPermittedSubclasses())
          .flatMap(one -> of(one, depth).stream())
          .findFirst();
    }
    if (type.isInterface()) {
      return Optional.of(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, args) -> of(method.getReturnType(), depth).orElse(null)));
    }
    return Arrays.stream(type.getMethods())
        .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getReturnType() == type)
        .flatMap(factory -> called(factory, depth).stream())
        .findFirst()
        .or(() ->
            Arrays.stream(type.getConstructors())
                .flatMap(constructor -> called(constructor, depth).stream())
                .findFirst());
  }

  private Optional<Object> called(Method factory, int depth) {
    return arguments(factory.getParameterTypes(), depth)
        .map(given -> {
          try {
            return factory.invoke(null, given);
          } catch (ReflectiveOperationException refused) {
            return null;
          }
        });
  }

  private Optional<Object> called(Constructor<?> constructor, int depth) {
    return arguments(constructor.getParameterTypes(), depth)
        .map(given -> {
          try {
            return constructor.newInstance(given);
          } catch (ReflectiveOperationException refused) {
            return null;
          }
        });
  }

  private Optional<Object[]> arguments(Class<?>[] types, int depth) {
    Object[] given = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      Optional<Object> sample = of(types[i], depth);
      if (sample.isEmpty()) {
        return Optional.empty();
      }
      given[i] = sample.get();
    }
    return Optional.of(given);
  }

  @Override
  public void close() {
    workers.close();
    compute.close();
    predictor.close();
  }
}
