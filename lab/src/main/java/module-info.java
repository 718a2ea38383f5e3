/** Studies: many trainings that differ in a few settings, and what follows from them. */
module dev.vitrine.lab {
  requires transitive dev.vitrine.study;
  requires org.snakeyaml.engine;

  exports dev.vitrine.lab.search;
  exports dev.vitrine.lab.spec;
}
