package dev.vitrine.lab.studies;

import dev.vitrine.data.DataSplits;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Interval;
import dev.vitrine.nn.Model;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.TrainingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network trained by the course's recipe, judged by the test images again and again.
 *
 * @param seed of the order of images, and of drawn weights
 * @param readings from before the first iteration to behind the last
 * @param hash of the parameters at the end
 */
record CourseTraining(long seed, List<Reading> readings, String hash) {
  /**
   * What a network read.
   *
   * @param iteration how many were done
   * @param all of the test images, every mistake among it
   */
  record Reading(long iteration, Evaluation all) {
    long right() {
      return all.confusion().correct();
    }

    long total() {
      return all.examples();
    }

    /** How many of the images {@code from … to − 1} are right. */
    long right(int from, int to) {
      return to
          - from
          - all.worst().stream().filter(m -> m.example() >= from && m.example() < to).count();
    }

    double percent() {
      return 100 * all.accuracy();
    }

    Interval interval() {
      return all.accuracyInterval();
    }
  }

  static CourseTraining of(Desk desk, DataSplits data, CourseArm arm, long seed) {
    desk.progress().accept("%s, %s images, seed %s".formatted(arm.name(), arm.images(), seed));
    Map<String, String> settings = arm.settings(desk, seed);
    RunConfig asked = TrainConfig.of("", GivenSettings.of(settings), desk.folders());
    DataSplits used = RunImages.prepare(asked, data);
    RunConfig config = asked.fitted(used);
    Model model =
        arm.pretrained()
            ? config.newModel()
            : CourseStart.model(config.network().spec(), config.recipe().seed());
    TrainingSession session =
        new TrainingSession(model, config.recipe(), used.train(), desk.compute());
    Evaluator evaluator =
        new Evaluator(model, used.test(), config.recipe().normalisation(), desk.compute());
    int every = desk.positive("every");
    List<Reading> readings = new ArrayList<>();
    readings.add(new Reading(0, evaluator.evaluate(used.test().size())));
    while (!session.isOver()) {
      session.advance();
      if (session.step() % every == 0 || session.isOver()) {
        readings.add(new Reading(session.step(), evaluator.evaluate(used.test().size())));
      }
    }
    return new CourseTraining(seed, readings, model.parameters().hash());
  }

  Reading end() {
    return readings.getLast();
  }
}
