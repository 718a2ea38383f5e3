package dev.vitrine.lab.report;

import dev.vitrine.report.Html.Element;

/**
 * Something drawn that is no chart, such as a confusion matrix or a sheet of images.
 *
 * @param id what its file is called, in small letters with hyphens
 * @param caption what it shows
 * @param drawing an element of the page
 * @param width how much of the page's width it takes at most, in pixels
 */
public record Picture(String id, String caption, Element drawing, int width) implements Block {}
