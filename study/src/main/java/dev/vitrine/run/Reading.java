package dev.vitrine.run;

import dev.vitrine.transfer.Transfer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found while a network's numbers were read.
 *
 * @param transfer which tensor of somebody else's file became which parameter; empty for numbers of
 *     Vitrine or of an ONNX file
 * @param flaws the tensors with numbers that are not finite in single precision
 */
public record Reading(Optional<Transfer> transfer, List<Flaw> flaws) {
  /** The finds, with their own list. */
  public Reading {
    Objects.requireNonNull(transfer, "transfer");
    flaws = List.copyOf(flaws);
  }

  /** {@return the flaws as sentences without their full stops} */
  public List<String> warnings() {
    return flaws.stream().map(Flaw::sentence).toList();
  }
}
