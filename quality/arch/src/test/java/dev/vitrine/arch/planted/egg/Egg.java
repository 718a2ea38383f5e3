package dev.vitrine.arch.planted.egg;

import dev.vitrine.arch.planted.hen.Hen;

/** Half of a planted cycle of packages. */
public record Egg(Hen becomes) {}
