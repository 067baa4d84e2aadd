package io.quarkiverse.hume.runtime.startup;

import java.util.List;

/**
 * What the build decided.
 *
 * @param accounts never empty; the default account is always among them
 * @param tokens whether the application contains what access tokens need
 * @param loopbackTrusted dev and test mode
 */
public record HumePlan(List<AccountPlan> accounts, boolean tokens, boolean loopbackTrusted) {
}
