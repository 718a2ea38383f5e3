package dev.vitrine.run;

import dev.vitrine.augment.AugmentedImages;
import dev.vitrine.data.Dataset;
import dev.vitrine.image.Raster;
import dev.vitrine.image.Sheet;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.tensorboard.EventFile;
import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingListener;
import dev.vitrine.train.TrainingSession;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells TensorBoard of a training: losses, accuracies and the rate as numbers, each parameter and
 * its newest gradient as histograms after every epoch, the first training images and what was read
 * as what as pictures. Steps are the training's.
 */
final class RunEvents implements TrainingListener, AutoCloseable {
  private static final int IMAGES = 32;
  private static final int COLUMNS = 8;
  private static final int VIEWS = 7;
  private static final int GREY = 128;
  private static final int WHITE = 255;
  private static final int SIDE = 320;
  private static final int LARGEST_CELL = 24;

  private final EventFile events;
  private final TrainingSession session;
  private final Model model;
  private final TrainingListener next;

  private RunEvents(EventFile events, TrainingSession session, Model model, TrainingListener next) {
    this.events = events;
    this.session = session;
    this.model = model;
    this.next = next;
  }

  /** Goes on where the session is; files of before stay, and what comes again is told again. */
  static RunEvents begin(Path folder, TrainingSession session, Model model, TrainingListener next) {
    return new RunEvents(EventFile.begin(folder, session.step() + 1), session, model, next);
  }

  /** Shows the first images, and what the first epochs see of a few. */
  void images(Dataset data, Recipe recipe) {
    if (!data.hasPictures()) {
      return;
    }
    List<Raster> first =
        IntStream.range(0, Math.min(IMAGES, data.size())).mapToObj(data::picture).toList();
    events.image("images/training", 0, new Sheet(COLUMNS, 2, 2, GREY).compose(first));
    recipe
        .augmentation()
        .map(how -> AugmentedImages.of(data, how, recipe.seed()).sheet(COLUMNS, VIEWS))
        .ifPresent(sheet -> events.image("images/augmented", 0, sheet));
  }

  @Override
  public void step(StepSummary s) {
    s.windowLoss()
        .ifPresent(loss -> {
          events.scalar("loss/steps", s.step(), loss);
          events.scalar("learning_rate", s.step(), s.learningRate());
        });
    next.step(s);
  }

  @Override
  public void epoch(EpochSummary s) {
    events.scalar("loss/train", s.step(), s.trainLoss());
    s.trainAccuracy().ifPresent(share -> events.scalar("accuracy/train", s.step(), share));
    s.validationLoss().ifPresent(loss -> events.scalar("loss/validation", s.step(), loss));
    s.validation().ifPresent(on -> evaluation("validation", s.step(), on));
    events.scalar("images_per_second", s.step(), s.imagesPerSecond());
    for (ParameterSpec spec : model.specs()) {
      if (spec.role().learned()) {
        String name = spec.name();
        events.histogram("weights/" + name, s.step(), model.parameters().get(name));
        events.histogram("gradients/" + name, s.step(), session.gradients().get(name));
      }
    }
    next.epoch(s);
  }

  /** The end: how it does on the test data. */
  void test(Evaluation test) {
    events.scalar("loss/test", session.step(), test.meanLoss());
    evaluation("test", session.step(), test);
  }

  private void evaluation(String on, long step, Evaluation evaluation) {
    events.scalar("accuracy/" + on, step, evaluation.accuracy());
    events.image("confusion/" + on, step, picture(evaluation.confusion()));
  }

  /** A row for each class, a column for what it was read as: the more of the row, the darker. */
  static Raster picture(ConfusionMatrix confusion) {
    int classes = confusion.classes();
    int cell = Math.clamp(SIDE / classes, 1, LARGEST_CELL);
    Raster picture = Raster.black(classes * cell, classes * cell, 1);
    for (int actual = 0; actual < classes; actual++) {
      long row = 0;
      for (int read = 0; read < classes; read++) {
        row += confusion.count(actual, read);
      }
      for (int read = 0; read < classes; read++) {
        double share = row == 0 ? 0 : (double) confusion.count(actual, read) / row;
        Raster one = Raster.black(cell, cell, 1);
        one.fill((int) Math.round(WHITE * (1 - share)));
        picture.paint(one, read * cell, actual * cell);
      }
    }
    return picture;
  }

  @Override
  public void close() {
    events.close();
  }
}
