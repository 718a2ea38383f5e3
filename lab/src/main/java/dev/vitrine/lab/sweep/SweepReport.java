package dev.vitrine.lab.sweep;

import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.report.Report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes of what a sweep left the report of it. */
public final class SweepReport {
  private SweepReport() {}

  /**
   * {@return the report of a sweep, whenever it ended}
   *
   * @param findings all that it left
   */
  public static Report of(Findings findings) {
    SweepTables tables = new SweepTables(findings);
    SweepFigures figures = new SweepFigures(findings);
    List<Contrast> contrasts = Contrast.all(findings);
    List<Section> sections = new ArrayList<>();
    SweepErrors errors = new SweepErrors(findings);
    List<Block> result = new ArrayList<>(List.of(tables.arms(errors.any())));
    if (errors.any()) {
      result.add(errors.table());
    }
    Optional<SweepFast> fast = findings.spec().band().map(band -> new SweepFast(findings, band));
    fast.ifPresent(each -> result.add(each.table()));
    new SweepClaims(findings).table().ifPresent(result::add);
    sections.add(new Section("Results", result));
    List<Block> curves = new ArrayList<>(figures.curves());
    figures.test().ifPresent(curves::add);
    curves.addAll(new ErrorFigures(findings).all());
    add(sections, "Curves", curves);
    new SweepCosts(findings).section().ifPresent(sections::add);
    new SweepNetworks(findings).section().ifPresent(sections::add);
    List<Contrast> measured = errors.any() ? Contrast.measured(findings) : List.of();
    List<Block> compared = new ArrayList<>();
    if (!contrasts.isEmpty()) {
      compared.add(tables.contrasts(contrasts));
    }
    if (!measured.isEmpty()) {
      compared.add(tables.measured(measured));
    }
    add(sections, "Arm against arm", compared);
    new SweepConfusion(findings).section().ifPresent(sections::add);
    if (findings.arms().stream().anyMatch(arm -> arm.points().size() > 1)
        || !figures.search().isEmpty()) {
      List<Block> search = new ArrayList<>(figures.search());
      if (!findings.agenda().rungs().isEmpty()) {
        search.add(tables.rungs());
      }
      search.add(tables.points());
      sections.add(new Section("The search", search));
    }
    if (!findings.failed().isEmpty()) {
      sections.add(Section.of("What failed", tables.failures()));
    }
    sections.add(Section.of("Where the numbers come from", tables.trials()));
    List<String> further = new ArrayList<>();
    fast.flatMap(SweepFast::sentence).ifPresent(further::add);
    further.addAll(errors.sentences(measured));
    return new Report(
        findings.spec().name(),
        Titles.of(findings.spec().name()),
        findings.spec().question(),
        new Conclusions(findings).all(contrasts, further),
        sections,
        findings.commands());
  }

  private static void add(List<Section> sections, String title, List<Block> blocks) {
    if (!blocks.isEmpty()) {
      sections.add(new Section(title, blocks));
    }
  }
}
