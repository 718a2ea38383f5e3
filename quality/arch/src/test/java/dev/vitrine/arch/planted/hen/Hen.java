package dev.vitrine.arch.planted.hen;

import dev.vitrine.arch.planted.egg.Egg;

/** Half of a planted cycle of packages. */
public record Hen(Egg lays) {}
