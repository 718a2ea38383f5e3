/** File formats, datasets and images. The only user of the JSON library. */
module dev.vitrine.io {
  exports dev.vitrine.data.digits;

  requires transitive dev.vitrine.engine;
  requires tools.jackson.databind;
  requires java.desktop;
}
