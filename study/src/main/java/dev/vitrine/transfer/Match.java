package dev.vitrine.transfer;

import dev.vitrine.nn.ParameterSpec;
import java.util.List;

/**
 * A tensor for a parameter, and the ways in which their sizes fit; what the sizes leave open is
 * decided by the whole file.
 *
 * @param source the tensor
 * @param spec the parameter
 * @param ways one or more
 */
record Match(Source source, ParameterSpec spec, List<Way> ways) {
  boolean isOpen() {
    return ways.size() > 1;
  }
}
