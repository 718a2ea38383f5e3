/** Training and its measures: no pages, no networks with names, no folders. */
module dev.vitrine.train {
  requires transitive dev.vitrine.io;

  exports dev.vitrine.metrics;
  exports dev.vitrine.train;
}
