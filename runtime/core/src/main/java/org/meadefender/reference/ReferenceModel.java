package org.meadefender.reference;

import org.meadefender.suspect.SuspectModel;

/**
 * One unrelated model of the task.
 *
 * @param model its answers
 * @param description what it is
 */
public record ReferenceModel(SuspectModel model, PanelMember description) {}
