/** Training, the zoo of networks, and inspection. */
module dev.vitrine.study {
  requires transitive dev.vitrine.io;

  exports dev.vitrine.inspect;
  exports dev.vitrine.lab;
  exports dev.vitrine.train;
  exports dev.vitrine.zoo;
  exports dev.vitrine.readout;
  exports dev.vitrine.report;
}
