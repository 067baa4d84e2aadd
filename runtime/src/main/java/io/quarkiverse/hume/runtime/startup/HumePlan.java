package io.quarkiverse.hume.runtime.startup;

import java.util.List;

/**
 * The decisions of the build.
 *
 * @param accounts never empty; the default account is always among them
 * @param tokens whether the application contains the components that access tokens need
 * @param loopbackTrusted whether loopback addresses are trusted, which is the case in dev and test mode
 * @param keysOptional whether the application may start without keys, which is the case in test mode, because mocked clients
 *        need no keys
 */
public record HumePlan(List<AccountPlan> accounts, boolean tokens, boolean loopbackTrusted, boolean keysOptional) {
}
