/** File formats, datasets and images. The only user of the JSON library and of the network. */
module dev.vitrine.io {
  requires transitive dev.vitrine.engine;
  requires java.desktop;
  requires java.net.http;
  requires tools.jackson.core;

  exports dev.vitrine.augment;
  exports dev.vitrine.data;
  exports dev.vitrine.data.csv;
  exports dev.vitrine.data.digits;
  exports dev.vitrine.format;
  exports dev.vitrine.image;
  exports dev.vitrine.spread;
  exports dev.vitrine.tensorboard;
  exports dev.vitrine.weights;
  exports dev.vitrine.weights.stored;
  exports dev.vitrine.weights.onnx;
}
