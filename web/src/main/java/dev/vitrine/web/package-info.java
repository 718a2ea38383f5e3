/**
 * The lab page's door: {@link dev.vitrine.web.LabPage} starts it. The command line calls it, and
 * whoever wants the page in a program of their own; nothing here prints.
 */
package dev.vitrine.web;
