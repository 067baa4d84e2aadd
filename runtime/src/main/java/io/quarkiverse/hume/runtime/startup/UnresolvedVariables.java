package io.quarkiverse.hume.runtime.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

import io.quarkiverse.hume.runtime.name.AccountName;

/**
 * Finds optional settings of an account that refer to a variable that is not set. Quarkus treats them as absent, so the setting
 * would be ignored: webhooks would be verified with another key, or connections would not use the proxy. Keys are not among
 * them, because the message about a missing key names its variable.
 */
final class UnresolvedVariables {

    private static final List<String> SETTINGS = List.of("webhook.signing-key", "tls-configuration-name",
            "proxy-configuration-name", "rate-limit.requests-per-minute", "rate-limit.name", "api-key-expires-at",
            "credentials-provider", "credentials-provider-name", "secrets-directory");

    /** Compiled only for a message, so that a start without violations does not load it. */
    private static final String VARIABLE = "\\$\\{[^:{}]+}";

    private UnresolvedVariables() {
    }

    /** The variables without a default. The rest of the value may be a key. */
    private static String variables(String raw) {
        return Pattern.compile(VARIABLE).matcher(raw).results().map(MatchResult::group).collect(Collectors.joining(", "));
    }

    /** @return a sentence for each such setting, with the property and its expression */
    static List<String> violations(String account, Config config) {
        List<String> violations = new ArrayList<>();
        for (String setting : SETTINGS) {
            ConfigValue value = config.getConfigValue(AccountName.property(account, setting));
            String raw = value.getRawValue();
            if (raw != null && raw.contains("${") && value.getValue() == null) {
                violations
                        .add(AccountName.property(account, setting) + " would be ignored, because it refers to a variable that"
                                + " is not set (" + variables(raw)
                                + "). Set the variable, or write ${VARIABLE:} if it is optional");
            }
        }
        return violations;
    }
}
