package org.meadefender.samples.walkthrough;

import java.nio.file.Path;
import org.meadefender.audit.AttackScale;
import org.meadefender.audit.Attacks;
import org.meadefender.audit.AuditPlan;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.Preset;
import org.meadefender.audit.RobustnessAudit;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.report.AuditPage;
import org.meadefender.spec.OwnerKey;

/** Step 2: before release, the owner does what a thief would do. */
final class AuditBeforeRelease {
  private AuditBeforeRelease() {}

  public static void main(String[] args) {
    TrainTest images = ImageSets.drawn(2_400, 200, 1);
    ImageSet shuffled = images.train().shuffled(1);
    ProtectedShapesNet model =
        ProtectedShapesNet.create(OwnerKey.load(Path.of(args[0], "owner.key")));
    model.fit(shuffled.slice(0, 7_000).shuffledIterator(64, 1), 8);
    audit(model, shuffled.slice(7_000, 14_000), images.test(), Path.of(args[0], "audit"));
  }

  static AuditResult audit(
      ProtectedShapesNet model, ImageSet thiefs, ImageSet heldOut, Path directory) {
    // A short audit: two thefts, then one of the copies is changed. Preset.QUICK has 28 steps.
    AuditPlan plan =
        Preset.QUICK
            .plan()
            .withAttacks(Attacks.DISTILLATION, Attacks.HARD_LABELS, Attacks.STOLEN_THEN_TUNED)
            .withScale(new AttackScale(4_000, 6, 500, 1, 300, 50));
    AuditResult result =
        RobustnessAudit.of(model.protectedModel(), thiefs.iterator(100), heldOut.iterator(100))
            .withPlan(plan)
            .run(directory); // continues where it was, if it was stopped
    result.entries().forEach(each -> System.out.println(each.title() + ": " + each.outcome()));
    AuditPage.write(result, directory.resolve("audit.html"));
    return result;
  }
}
