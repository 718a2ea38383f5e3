package dev.vitrine.inside;

import dev.vitrine.nn.ParameterSpec;
import java.util.Optional;

/**
 * A learned parameter.
 *
 * @param spec what it is to its layer
 * @param values its numbers, row-major; never changed
 * @param gradient of the mean loss, alike; empty if there is no loss or it does not depend on it
 */
public record ParameterNumbers(ParameterSpec spec, float[] values, Optional<float[]> gradient) {}
