/** Trains a network of its own layer, in a loop of its own, with Vitrine as a library. */
module com.example.ownloop {
  requires dev.vitrine.study;
}
