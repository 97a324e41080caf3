package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.FlatWorld;

class TerminalProgressTest {
  private static final FlatWorld WORLD = CommandFiles.WORLD;

  @Test
  void progressIsForTerminals() {
    SuspectModel suspect =
        WORLD.marked(WatermarkSpec.of(4, 5, 0.1).withTarget(0), CommandFiles.KEY);
    StringWriter err = new StringWriter();
    SuspectModel watched = new TerminalProgress(new PrintWriter(err), true).watching(suspect);
    watched.predict(WORLD.heldOut(60).next().getFeatures());
    assertThat(err.toString()).contains("600 rows answered");
  }
}
