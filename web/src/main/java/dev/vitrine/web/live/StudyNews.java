package dev.vitrine.web.live;

import dev.vitrine.lab.session.StudyPace;
import java.util.Optional;

/**
 * How a study that was started here stands.
 *
 * @param number by which the page calls it
 * @param study its folder's name
 * @param folder where it is kept
 * @param computed whether it is computed, and no sweep of trials
 * @param command the command line that does the same
 * @param phase where it is
 * @param pace of its trials until the next decision
 * @param failed trials of this time that ended without a result
 * @param events lines that the journal has got since it began here
 * @param doing what is being done, where no trials run
 * @param goesOnWith the command that goes on with it, once there is something to go on with
 * @param sentence why it cannot be, ended early, or what is missing
 */
public record StudyNews(
    int number,
    String study,
    String folder,
    boolean computed,
    String command,
    Phase phase,
    StudyPace pace,
    int failed,
    int events,
    Optional<String> doing,
    Optional<String> goesOnWith,
    Optional<String> sentence) {
  /** Where a study is. */
  public enum Phase {
    /** Others are before it. */
    WAITING,
    /** It works. */
    WORKING,
    /** All is done. */
    FINISHED,
    /** It ended before all was done, and can be gone on with. */
    ENDED_EARLY,
    /** It was stopped. */
    STOPPED,
    /** It cannot be. */
    FAILED;

    /** {@return whether nothing more will come} */
    public boolean isOver() {
      return this == FINISHED || this == ENDED_EARLY || this == STOPPED || this == FAILED;
    }
  }

  StudyNews in(Phase next) {
    return with(next, doing, goesOnWith, sentence);
  }

  StudyNews over(Phase end, Optional<String> why) {
    return with(end, Optional.empty(), goesOnWith, why);
  }

  StudyNews doing(String what) {
    return with(phase, Optional.of(what), goesOnWith, sentence);
  }

  StudyNews begun(String onward) {
    return with(phase, doing, Optional.of(onward), sentence);
  }

  /** With a line more in its journal. */
  StudyNews line(boolean failure) {
    return counted(pace, failed + (failure ? 1 : 0), events + 1);
  }

  StudyNews at(StudyPace newPace) {
    return counted(newPace, failed, events);
  }

  private StudyNews counted(StudyPace newPace, int newFailed, int newEvents) {
    return new StudyNews(
        number,
        study,
        folder,
        computed,
        command,
        phase,
        newPace,
        newFailed,
        newEvents,
        doing,
        goesOnWith,
        sentence);
  }

  private StudyNews with(
      Phase newPhase,
      Optional<String> newDoing,
      Optional<String> newOnward,
      Optional<String> newSentence) {
    return new StudyNews(
        number,
        study,
        folder,
        computed,
        command,
        newPhase,
        pace,
        failed,
        events,
        newDoing,
        newOnward,
        newSentence);
  }
}
