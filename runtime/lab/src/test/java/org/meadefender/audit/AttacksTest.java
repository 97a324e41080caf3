package org.meadefender.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.SmallTask;

class AttacksTest {
  @ParameterizedTest
  @EnumSource(Preset.class)
  void presetsAreListsOfTheBuiltInAttacks(Preset preset) {
    List<String> all = Attacks.all().stream().map(Attack::id).toList();
    assertThat(preset.plan().attacks().stream().map(Attack::id)).isSubsetOf(all);
    AttackScale scale = preset.plan().scale();
    for (Attack attack : preset.plan().attacks()) {
      assertThat(attack.variants(scale)).extracting(AttackVariant::name).doesNotHaveDuplicates();
      assertThat(attack.explanation()).matches("[A-Z].*\\.");
      assertThat(attack).hasToString(attack.id());
    }
  }

  /** Outside an audit, with what a thief has. */
  @Test
  void runByThemselvesAndSayWhatTheyLack() {
    AttackContext context =
        AttackContext.of(SmallTask.victim(), SmallTask.thiefsData().take(200), MarkedTask.SMALL, 1);
    AttackResult copied = run(Attacks.HARD_LABELS, context);
    assertThat(copied.model()).isNotNull();
    assertThat(copied.queries()).isEqualTo(200);
    assertThatThrownBy(() -> run(Attacks.OTHER_ARCHITECTURE, context))
        .hasMessageContaining("needs another architecture");
    assertThatThrownBy(() -> run(Attacks.PROBING, context)).hasMessageContaining("needs");
    assertThatThrownBy(() -> run(Attacks.ANSWER_PROFILE, context))
        .hasMessageContaining("needs the watermark");
  }

  private static AttackResult run(Attack attack, AttackContext context) {
    return attack.variants(context.scale()).get(0).action().run(context, AttackListener.NONE);
  }
}
