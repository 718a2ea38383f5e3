/**
 * Trainings and studies that the page started: they wait in one queue, run one after another on a
 * thread of their own, and tell the page. A page that closes stops none.
 */
package dev.vitrine.web.live;
