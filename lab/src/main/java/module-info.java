/** Studies: many trainings that differ in a few settings, and what follows from them. */
module dev.vitrine.lab {
  requires transitive dev.vitrine.study;
  requires java.sql;
  requires org.apache.commons.statistics.distribution;
  requires org.snakeyaml.engine;

  exports dev.vitrine.lab;
  exports dev.vitrine.lab.journal;
  exports dev.vitrine.lab.report;
  exports dev.vitrine.lab.search;
  exports dev.vitrine.lab.session;
  exports dev.vitrine.lab.spec;
  exports dev.vitrine.lab.sql;
  exports dev.vitrine.lab.statistics;
  exports dev.vitrine.lab.store;
  exports dev.vitrine.lab.studies;
  exports dev.vitrine.lab.sweep;
  exports dev.vitrine.lab.trial;
}
