package dev.vitrine.lab.studies;

import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.Decimal;
import dev.vitrine.settings.Commands;
import dev.vitrine.settings.GivenSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One way to train by the course's recipe.
 *
 * @param pretrained whether it begins with the course's weights, not with drawn ones
 * @param momentum that is applied
 * @param images how many are learned from
 */
record CourseArm(boolean pretrained, double momentum, int images) {
  String name() {
    return "%s, %s"
        .formatted(start(), momentum == 0 ? "momentum lost" : "momentum " + Say.setting(momentum));
  }

  String start() {
    return pretrained ? "pretrained" : "from scratch";
  }

  /** What a training is told; drawn starts are the course's own, which no setting says. */
  Map<String, String> settings(Desk desk, long seed) {
    Map<String, String> all = new LinkedHashMap<>();
    int batch = desk.positive("batch");
    int iterations = desk.positive("iterations");
    int steps = (images + batch - 1) / batch;
    all.put("model", LenetCourse.NETWORK);
    all.put("data", desk.quick() ? Digits.NAME : "mnist");
    desk.folders()
        .chosen()
        .filter(_ -> !desk.quick())
        .ifPresent(folder -> all.put("data-dir", folder.toString()));
    all.put("train-images", Integer.toString(images));
    all.put("test-images", Integer.toString(desk.positive("test-images")));
    all.put("validation", "0");
    all.put("batch", Integer.toString(batch));
    all.put("steps", Integer.toString(iterations));
    all.put("epochs", Integer.toString((iterations + steps - 1) / steps));
    all.put("lr", Decimal.text(desk.numbers("rate").getFirst()));
    all.put("bias-lr", "2");
    all.put("momentum", Decimal.text(momentum));
    all.put("schedule", "inverse:0.0001:0.75");
    all.put("weight-decay", "0.0005");
    all.put("no-bias-decay", "true");
    all.put("seed", Long.toString(seed));
    if (pretrained) {
      all.put("init-from", desk.words("pretrained").getFirst());
      all.put("classes", "0-8");
    }
    return all;
  }

  /** The command that trains the same network; of the course's weights alone. */
  String command(Desk desk, long seed) {
    return Commands.train(GivenSettings.of(settings(desk, seed)));
  }
}
