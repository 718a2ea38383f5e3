package dev.vitrine.notation;

import dev.vitrine.nn.Layer;
import dev.vitrine.tensor.Shape;

/**
 * A network before it has numbers.
 *
 * @param name what the command line calls it
 * @param title what people call it
 * @param input the shape of an example
 * @param layers what an example passes
 */
public record NetworkSpec(String name, String title, Shape input, Layer layers) {}
