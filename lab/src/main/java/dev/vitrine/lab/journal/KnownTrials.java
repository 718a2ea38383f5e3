package dev.vitrine.lab.journal;

import dev.vitrine.lab.search.Known;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.lab.spec.Metric;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a record tells a search. */
record KnownTrials(StudyRecord record, Metric metric) implements Known {
  @Override
  public OptionalDouble metric(Trial trial, int epochs) {
    Optional<Event.Figures> figures = record.figures(trial.id(), epochs);
    return figures.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(of(figures.get()));
  }

  private double of(Event.Figures figures) {
    return switch (metric) {
      case VALIDATION_ACCURACY -> figures.validationAccuracy();
      case VALIDATION_LOSS -> figures.validationLoss();
    };
  }

  @Override
  public boolean failed(Trial trial) {
    return record.trial(trial.id()).flatMap(TrialRecord::failure).isPresent();
  }
}
