package dev.vitrine.lab.session;

import dev.vitrine.lab.spec.ComputedSpec;
import dev.vitrine.lab.studies.Catalogue;
import dev.vitrine.lab.trial.Trainings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A study that somebody asked for, found right as far as it can be before it begins. */
public sealed interface AskedStudy permits AskedSweep, AskedComputation {
  /** {@return its name, that of its file} */
  String name();

  /** {@return what it asks, in a sentence; may be empty} */
  String question();

  /** {@return how long its text lets it take, if it says so} */
  Optional<Duration> budget();

  /** {@return where it is kept} */
  Path folder();

  /**
   * {@return the study of a request; nothing is written yet}
   *
   * @param request what is asked
   * @param trainings what its settings mean
   * @throws dev.vitrine.error.UserException if something is wrong with it, with its line and column
   */
  static AskedStudy of(StudyRequest request, Trainings trainings) {
    Optional<ComputedSpec> computed =
        ComputedSpec.parse(request.text(), request.source(), request.quick());
    if (computed.isEmpty()) {
      return AskedSweep.of(request, trainings);
    }
    Catalogue.computed(computed.get().compute());
    return new AskedComputation(computed.get(), request);
  }
}
