package dev.vitrine.lab;

import dev.vitrine.lab.search.Edge;
import dev.vitrine.lab.search.Fold;
import dev.vitrine.lab.spec.SpecJson;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a study came to, with the stable names of scripts. The same study gives the same fields on
 * every machine, whether it was interrupted or not, but for the seconds.
 */
public final class StudyJson {
  private StudyJson() {}

  /**
   * {@return the fields}
   *
   * @param result of a study
   * @param timed whether seconds are among them
   */
  public static Map<String, Object> of(StudyResult result, boolean timed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("study", SpecJson.of(result.spec()));
    json.put("complete", result.complete());
    json.put("missing", result.missing());
    json.put("test_reads", result.testReads());
    json.put("arms", result.arms().stream().map(arm -> arm(arm, timed)).toList());
    json.put("edges", result.edges().stream().map(StudyJson::edge).toList());
    return json;
  }

  private static Map<String, Object> arm(StudyResult.Arm arm, boolean timed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", arm.name());
    json.put("chosen", arm.choice().map(choice -> choice.point().id()).orElse(null));
    json.put("points", arm.points().stream().map(point -> point(point, timed)).toList());
    return json;
  }

  private static Map<String, Object> point(StudyResult.PointResult point, boolean timed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", point.id());
    json.put("varied", point.varied());
    json.put("validation_accuracy", fold(point.validationAccuracy()));
    json.put("validation_loss", fold(point.validationLoss()));
    json.put("test_accuracy", fold(point.testAccuracy()));
    if (Double.isFinite(point.testR2().mean())) {
      json.put("test_loss", fold(point.testLoss()));
      json.put("test_r2", fold(point.testR2()));
    }
    json.put("trials", point.trials().stream().map(trial -> trial(trial, timed)).toList());
    return json;
  }

  private static Map<String, Object> fold(Fold fold) {
    if (fold.n() == 0) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mean", fold.mean());
    json.put("deviation", fold.n() == 1 ? null : fold.deviation());
    json.put("n", fold.n());
    return json;
  }

  private static Map<String, Object> trial(StudyResult.TrialResult trial, boolean timed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", trial.id());
    json.put("seed", trial.seed());
    json.put("state", trial.state().name().toLowerCase(Locale.ROOT));
    json.put("epochs", trial.epochs());
    json.put("train_loss", trial.end().map(end -> end.trainLoss()).orElse(null));
    json.put("validation_loss", trial.end().map(end -> end.validationLoss()).orElse(null));
    json.put("validation_accuracy", trial.end().map(end -> end.validationAccuracy()).orElse(null));
    json.put("measured_train_loss", trial.measured().map(m -> m.loss()).orElse(null));
    json.put("measured_train_accuracy", trial.measured().map(m -> m.accuracy()).orElse(null));
    json.put("test_loss", trial.test().map(test -> test.loss()).orElse(null));
    json.put("test_accuracy", trial.test().map(test -> test.accuracy()).orElse(null));
    if (!trial.testByEpoch().isEmpty()) {
      Map<String, Object> curve = new LinkedHashMap<>();
      trial.testByEpoch().forEach((epoch, test) -> curve.put(epoch.toString(), test.accuracy()));
      json.put("test_accuracy_by_epoch", curve);
    }
    json.put("parameters_hash", trial.hash().isEmpty() ? null : trial.hash());
    json.put("cause", trial.cause().orElse(null));
    json.put("command", trial.command());
    if (timed) {
      json.put("seconds", trial.seconds());
    }
    return json;
  }

  private static Map<String, Object> edge(Edge edge) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("arm", edge.arm());
    json.put("parameter", edge.parameter());
    json.put("value", edge.value());
    json.put("edge", edge.lower() ? "lower" : "upper");
    json.put("beyond", edge.beyond());
    return json;
  }
}
