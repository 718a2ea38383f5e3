/** Pages of digits with every fault of photographs, and what is learned and measured on them. */
module dev.vitrine.pages {
  requires transitive dev.vitrine.study;
  requires info.picocli;

  opens dev.vitrine.pages to
      info.picocli;

  exports dev.vitrine.pages;
}
