package dev.vitrine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.predict.Predictor;
import dev.vitrine.weights.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes drawn at random, imported and run, against ONNX Runtime. */
class ImportOracleTest {
  private static final int DRAWS = Integer.getInteger("vitrine.onnx.draws", 40);

  /** The maximum of a window without an element, where ONNX says nothing; here it is 0. */
  private static final float EMPTY = -Float.MAX_VALUE;

  @TempDir Path folder;

  private final Map<String, String> different = new TreeMap<>();
  private final Map<String, Integer> refused = new TreeMap<>();
  private final Map<String, Integer> invalid = new TreeMap<>();
  private int same;

  @Test
  void whatIsImportedIsWhatOnnxRuntimeRuns() {
    Drafts.all().forEach(this::draw);
    System.out.printf("%d the same, %d different%n", same, different.size());
    refused.forEach((why, count) -> System.out.printf("refused %3d  %s%n", count, why));
    invalid.forEach((why, count) -> System.out.printf("invalid %3d  %s%n", count, why));
    different.forEach((draft, why) -> System.out.println("DIFFERENT " + draft + ": " + why));
    assertThat(different).isEmpty();
  }

  private void draw(String operator, Consumer<Draft> how) {
    for (int i = 0; i < DRAWS; i++) {
      Draft draft = new Draft(operator, new Random(1000L * operator.hashCode() + i));
      how.accept(draft);
      try {
        compare(draft);
      } catch (OrtException e) {
        String why = e.getMessage().replaceFirst("^.*message: ", "");
        invalid.merge(
            operator + ": " + why.substring(0, Math.min(150, why.length())).replace('\n', ' '),
            1,
            Integer::sum);
      }
    }
  }

  private void compare(Draft draft) throws OrtException {
    OnnxModel model = draft.model();
    Path file = folder.resolve("made.onnx");
    model.write(file);
    int count = (int) Arrays.stream(draft.dims()).reduce(1, Math::multiplyExact);
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) draft.random.nextGaussian();
    }
    Map<String, OnnxRuntime.Output> expected;
    try (OnnxRuntime runtime = OnnxRuntime.of(file)) {
      expected = runtime.run(draft.dims(), x);
    }
    expected.forEach((name, output) -> {
      try {
        Model ours = OnnxNetwork.read(file, Optional.of(name));
        difference(ours, x, output.numbers())
            .ifPresentOrElse(fault -> different.put(draft + " " + name, fault), () -> same++);
      } catch (UserException e) {
        String why = e.getMessage().replaceFirst("^.*opset \\d+\\): ", "").replaceAll("\\d+", "#");
        refused.merge(draft.operator() + ": " + why, 1, Integer::sum);
      } catch (RuntimeException e) {
        different.put(draft + " " + name, e.toString());
      }
    });
  }

  /** Why it is not the same. */
  private static Optional<String> difference(Model ours, float[] x, float[] expected) {
    int size = ours.input().elements();
    int outputs = ours.output().elements();
    int examples = x.length / size;
    if (examples * outputs != expected.length) {
      return Optional.of(examples * outputs + " numbers instead of " + expected.length);
    }
    try (Predictor predictor = Predictor.of(ours)) {
      for (int n = 0; n < examples; n++) {
        float[] got = predictor.predict(Arrays.copyOfRange(x, n * size, (n + 1) * size));
        for (int k = 0; k < outputs; k++) {
          float wanted = expected[n * outputs + k];
          wanted = wanted == EMPTY ? 0 : wanted;
          if (!(Math.abs(got[k] - wanted) <= 1e-5 + 1e-4 * Math.abs(wanted))
              && got[k] != wanted
              && !(Float.isNaN(got[k]) && Float.isNaN(wanted))) {
            return Optional.of(
                "number %s is %s instead of %s".formatted(n * outputs + k, got[k], wanted));
          }
        }
      }
    }
    return Optional.empty();
  }
}
