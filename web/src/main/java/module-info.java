/** The lab page: what the commands compute, in a browser on the reader's own machine. */
module dev.vitrine.web {
  requires transitive dev.vitrine.lab;
  requires jdk.httpserver;

  exports dev.vitrine.web;
  exports dev.vitrine.web.http;
  exports dev.vitrine.web.live;
  exports dev.vitrine.web.rooms;
}
