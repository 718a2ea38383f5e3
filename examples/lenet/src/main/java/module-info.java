/** Trains LeNet with Vitrine as a library. */
module com.example.lenet {
  requires dev.vitrine.study;
}
