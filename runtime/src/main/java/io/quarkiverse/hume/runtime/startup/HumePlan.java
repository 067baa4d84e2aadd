package io.quarkiverse.hume.runtime.startup;

import java.util.List;

/**
 * What the build decided.
 *
 * @param accounts never empty; the default account is always among them
 * @param tokens whether the application contains what access tokens need
 * @param loopbackTrusted dev and test mode
 * @param keysOptional test mode: an application whose clients are all mocked needs no keys
 */
public record HumePlan(List<AccountPlan> accounts, boolean tokens, boolean loopbackTrusted, boolean keysOptional) {
}
