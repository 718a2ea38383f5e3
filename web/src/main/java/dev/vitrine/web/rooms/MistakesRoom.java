package dev.vitrine.web.rooms;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Png;
import dev.vitrine.inside.LayerNumbers;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Regression;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What a run misreads of its test data, and what its layers made of it. */
public final class MistakesRoom implements Room, AutoCloseable {
  /** What is judged this soon needs no word about how far it is. */
  private static final long MOMENT_MILLIS = 300;

  private static final int PAGE = 48;
  private static final int MOST_VALUES = 64;
  private static final int MOST_MAPS = 32;
  private static final int MOST_NUMBERS = 4096;
  private static final int LEVELS = 127;

  private final JudgedRuns judged;

  /**
   * @param folders below which runs are looked for
   * @param dataFolder where data are looked for first
   * @param kernels what networks run on
   */
  public MistakesRoom(List<Path> folders, Optional<Path> dataFolder, Kernels kernels) {
    judged = new JudgedRuns(folders, dataFolder, kernels);
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/mistakes", this::judge)
        .get("/api/mistakes/cell", request -> Answer.json(cell(of(request), request)))
        .get("/api/mistakes/example", request -> Answer.json(example(of(request), request)))
        .get("/api/mistakes/picture", this::picture);
  }

  /** The judgement, or how far it is: the page asks again then. */
  private Answer judge(Request request) {
    AtomicReference<JudgedRuns.Progress> progress = new AtomicReference<>();
    Map<String, Object> json =
        judged
            .within(MOMENT_MILLIS, request.required("run"), progress)
            .map(MistakesRoom::whole)
            .orElseGet(() ->
                Map.of("judging", true, "read", progress.get().read(), "of", progress.get().of()));
    return Answer.json(json);
  }

  private Judged of(Request request) {
    return judged.of(request.required("run"));
  }

  private static Map<String, Object> whole(Judged run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("examples", run.test().size());
    json.put("of", run.of());
    json.put("pictures", run.test().hasPictures());
    switch (run.judgement()) {
      case Evaluation classes -> {
        json.putAll(Confusions.json(classes.confusion(), run.test().classNames()));
      }
      case Regression numbers -> {
        json.put("rmse", numbers.rmse());
        json.put("r2", numbers.r2().isPresent() ? numbers.r2().getAsDouble() : null);
        json.put("worst", run.misses().stream().limit(PAGE).map(m -> miss(run, m)).toList());
      }
    }
    return json;
  }

  private static String name(Judged run, int index) {
    return Confusions.name(run.test().classNames(), index);
  }

  private static Map<String, Object> miss(Judged run, Judged.Miss miss) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("example", miss.example());
    json.put("told", head(miss.told()));
    json.put("right", head(miss.right()));
    json.put("error", miss.error());
    json.put("values", values(run.test(), miss.example()));
    return json;
  }

  private static Map<String, Object> cell(Judged run, Request request) {
    List<Integer> all = run.cell(clazz(run, request, "actual"), clazz(run, request, "read"));
    int from = Math.clamp(request.number("from", 0), 0, all.size());
    return Map.of(
        "total",
        all.size(),
        "examples",
        all.stream().skip(from).limit(PAGE).map(each -> entry(run, each)).toList());
  }

  private static int clazz(Judged run, Request request, String name) {
    if (!(run.judgement() instanceof Evaluation classes)) {
      throw new UserException("This run tells numbers, which are not confused: it has no matrix");
    }
    return within(request, name, classes.confusion().classes());
  }

  private static int within(Request request, String name, int count) {
    int number = request.number(name, -1);
    if (number < 0 || number >= count) {
      throw UserException.expecting(name, "0 to " + (count - 1), String.valueOf(number));
    }
    return number;
  }

  /** An example: what it is, what it was read as and how surely; of a table its row. */
  private static Map<String, Object> entry(Judged run, int example) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("example", example);
    if (run.judgement() instanceof Evaluation) {
      json.put("actual", name(run, run.test().label(example)));
      run.mistake(example)
          .ifPresent(mistake -> {
            json.put("read", name(run, mistake.best().index()));
            json.put("probability", mistake.best().probability());
            json.put("actual_probability", mistake.actualProbability());
          });
    }
    if (!run.test().hasPictures()) {
      json.put("values", values(run.test(), example));
    }
    return json;
  }

  /** The first numbers of a row, with the names of their columns where they have some. */
  private static List<Map<String, Object>> values(Dataset data, int example) {
    if (data.hasPictures()) {
      return List.of();
    }
    float[] row = new float[data.shape().elements()];
    data.read(example, row);
    List<String> columns = data.origin().columns();
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < Math.min(row.length, MOST_VALUES); i++) {
      String column = i < columns.size() ? columns.get(i) : "x" + (i + 1);
      values.add(Map.of("column", column, "value", row[i]));
    }
    return values;
  }

  private static Map<String, Object> example(Judged run, Request request) {
    int example = within(request, "example", run.test().size());
    Optional<Integer> right = run.right(example);
    List<Integer> both = new ArrayList<>(List.of(example));
    right.ifPresent(both::add);
    Map<String, Object> json = new LinkedHashMap<>(entry(run, example));
    json.put("beside", right.map(each -> entry(run, each)).orElse(null));
    json.put("layers", run.layers(both).stream().map(MistakesRoom::layer).toList());
    return json;
  }

  /** Both outputs as bytes from −127 to 127 on one scale, of many maps the first. */
  private static Map<String, Object> layer(LayerNumbers layer) {
    float most = 0;
    for (float value : layer.allOutputs()) {
      most = Math.max(most, Math.abs(value));
    }
    int units = layer.units();
    int shown = layer.plane() == 1 ? Math.min(units, MOST_NUMBERS) : Math.min(units, MOST_MAPS);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", layer.path());
    json.put("shape", layer.shape().sizes());
    json.put("units", shown);
    json.put("scale", most);
    List<String> outputs = new ArrayList<>();
    for (float[] output : layer.outputs()) {
      byte[] bytes = new byte[shown * layer.plane()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (most == 0 ? 0 : Math.round(LEVELS * output[i] / most));
      }
      outputs.add(Base64.getEncoder().encodeToString(bytes));
    }
    json.put("outputs", outputs);
    return json;
  }

  private static float[] head(float[] values) {
    return Arrays.copyOf(values, Math.min(values.length, MOST_VALUES));
  }

  private Answer picture(Request request) {
    Judged run = of(request);
    int example = within(request, "example", run.test().size());
    if (!run.test().hasPictures()) {
      throw new UserException("The examples of this run are no pictures");
    }
    return Answer.of("image/png", Png.bytes(run.test().picture(example)));
  }

  @Override
  public void close() {
    judged.close();
  }
}
