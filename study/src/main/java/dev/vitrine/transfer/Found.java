package dev.vitrine.transfer;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of a file that fits a network.
 *
 * @param part the part
 * @param how what decided, in mid-sentence
 * @param matches which tensor becomes which parameter, in the network's order
 * @param missing what the file leaves as it starts
 * @param beside the places of tensors that are used up in others
 * @param remarks what was taken as usual, a sentence's middle each
 */
record Found(
    Part part,
    String how,
    List<Match> matches,
    List<ParameterSpec> missing,
    List<String> beside,
    List<String> remarks) {
  /** Which tensors it takes: two parts of a file may be one, seen from two places. */
  Set<StoredTensor> tensors() {
    Set<StoredTensor> tensors = new LinkedHashSet<>();
    matches.forEach(match -> tensors.add(match.source().tensor()));
    return tensors;
  }
}
