/** A small service that predicts, with Vitrine as a library. */
module com.example.service {
  requires dev.vitrine.study;
  requires java.net.http;
  requires jdk.httpserver;
}
