/** File formats, datasets and images. The only user of the JSON library. */
module dev.vitrine.io {
  requires transitive dev.vitrine.engine;
  requires tools.jackson.databind;
  requires java.desktop;
}
