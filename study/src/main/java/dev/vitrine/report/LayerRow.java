package dev.vitrine.report;

import dev.vitrine.tensor.Shape;

/**
 * One layer of a network's table.
 *
 * @param name what the network calls it, such as {@code conv1}
 * @param type what it is, as one would type it: {@code Conv2d(1 → 20, 5×5)}
 * @param output its output's shape, per example
 * @param parameters how many it has
 * @param macs multiplications with addition, per example
 */
public record LayerRow(String name, String type, Shape output, long parameters, long macs) {}
