package dev.vitrine.lab.studies;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.KnownData;
import dev.vitrine.data.MnistFolder;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.report.Numbers;
import java.util.Optional;

/**
 * Digits to learn from, and others to be judged by, all from training data: no test image is read.
 *
 * @param train what is learned from
 * @param held what is not
 * @param origin a sentence on where they come from
 */
record StudyImages(Dataset train, Dataset held, String origin) {
  /** MNIST if it is there, otherwise, and in the thin version, digits that Vitrine draws. */
  static StudyImages of(Desk desk, int train, int held) {
    Optional<MnistFolder> mnist =
        desk.quick() ? Optional.empty() : desk.folders().locate(KnownData.MNIST);
    Dataset all =
        mnist
            .map(folder -> folder.load().train())
            .orElseGet(() -> Digits.train(desk.seed(), train + held));
    String why =
        mnist.isPresent()
            ? "MNIST's training images"
            : "digits that Vitrine draws (%s)"
                .formatted(desk.quick() ? "the thin version" : "MNIST is in no data folder");
    return new StudyImages(
        all.slice(0, train),
        all.slice(train, train + held),
        "Data: %s; the first %s are learned from, the next %s are held out. No test image is read."
            .formatted(why, Numbers.count(train), Numbers.count(held)));
  }
}
