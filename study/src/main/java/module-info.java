/** Runs on disk, the zoo of networks, and what is seen of them. */
module dev.vitrine.study {
  requires transitive dev.vitrine.train;

  exports dev.vitrine.collapse;
  exports dev.vitrine.convert;
  exports dev.vitrine.inside;
  exports dev.vitrine.look;
  exports dev.vitrine.look.kernel;
  exports dev.vitrine.look.maps;
  exports dev.vitrine.look.pixels;
  exports dev.vitrine.neuron;
  exports dev.vitrine.neuron.learning;
  exports dev.vitrine.notation;
  exports dev.vitrine.onnx;
  exports dev.vitrine.range;
  exports dev.vitrine.readout;
  exports dev.vitrine.report;
  exports dev.vitrine.run;
  exports dev.vitrine.settings;
  exports dev.vitrine.summary;
  exports dev.vitrine.trace;
  exports dev.vitrine.trace.function;
  exports dev.vitrine.trace.language;
  exports dev.vitrine.trace.layer;
  exports dev.vitrine.trace.network;
  exports dev.vitrine.trace.page;
  exports dev.vitrine.transfer;
  exports dev.vitrine.vision;
  exports dev.vitrine.vision.cut;
  exports dev.vitrine.vision.find;
  exports dev.vitrine.vision.model;
  exports dev.vitrine.vision.page;
  exports dev.vitrine.vision.photo;
  exports dev.vitrine.workload;
  exports dev.vitrine.zoo;
}
