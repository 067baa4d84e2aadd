package io.quarkiverse.hume.runtime.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.runtime.config.TokenRuntimeConfig.TokenRetryRuntimeConfig;

/** Finds all violations in an account's configuration, not only the first one. Messages never contain a key. */
public final class AccountConfigValidator {

    /** The default of {@code trusted-hosts}. */
    public static final String DEFAULT_TRUSTED_HOSTS = "*.hume.ai";

    private static final Duration MIN_CHECK_EVERY = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration MAX_WAIT = Duration.ofMinutes(10);
    private static final int MAX_RETRIES = 10;
    private static final int MAX_REQUESTS = 100_000;
    private static final Duration MAX_WEBHOOK_AGE = Duration.ofHours(1);
    private static final int MAX_REPLAY_LIMIT = 10_000_000;
    private static final long LEAST_BODY_SIZE = 1024;
    private static final long MOST_BODY_SIZE = 64L << 20;
    private static final Duration LEAST_BODY_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MOST_BODY_TIMEOUT = Duration.ofMinutes(10);

    private final String prefix;
    private final List<String> violations = new ArrayList<>();

    private AccountConfigValidator(String prefix) {
        this.prefix = prefix;
    }

    /**
     * @param prefix the prefix of the account's properties, with the final dot
     * @return a sentence for each violation, naming the property
     */
    public static List<String> violations(String prefix, AccountRuntimeConfig config) {
        AccountConfigValidator validator = new AccountConfigValidator(prefix);
        validator.keys(config.apiKey(), config.secretKey());
        validator.credentialsProvider(config);
        if (config.keyExpiryWarning().isNegative() || config.keyExpiryWarning().compareTo(YEAR) > 0) {
            validator.violation("key-expiry-warning", "must be from zero to a year");
        }
        validator.baseUrl(config.baseUrl());
        for (String pattern : config.trustedHosts()) {
            validator.trustedHost(pattern);
        }
        validator.token(config.token());
        validator.duration("websocket.min-token-validity", config.webSocket().minTokenValidity(), DAY, "a day");
        validator.webhook(config.webhook());
        validator.rateLimit(config.rateLimit());
        return validator.violations;
    }

    private void keys(Optional<String> apiKey, Optional<String> secretKey) {
        if (secretKey.isPresent() && apiKey.isEmpty()) {
            violation("secret-key", "is set but " + prefix + "api-key is not; the token strategy needs both");
        }
        if (apiKey.isPresent()) {
            key("api-key", apiKey.get(), null);
        }
        if (secretKey.isPresent()) {
            key("secret-key", "unchecked", secretKey.get());
        }
        if (secretKey.isPresent() && apiKey.isPresent() && apiKey.get().contains(":")) {
            violation("api-key", "contains a colon, which Basic authentication does not allow");
        }
    }

    private void credentialsProvider(AccountRuntimeConfig config) {
        boolean keys = config.apiKey().isPresent() || config.secretKey().isPresent();
        if (config.credentialsProvider().isPresent() && keys) {
            violation("credentials-provider", "is set, and so is " + prefix
                    + (config.apiKey().isPresent() ? "api-key" : "secret-key") + ". Remove one of them, so that it is clear"
                    + " which keys are used");
        }
        if (config.credentialsProviderName().isPresent() && config.credentialsProvider().isEmpty()) {
            violation("credentials-provider-name",
                    "is set, but " + prefix + "credentials-provider is not. It is the name of the"
                            + " keys in the credential store, and is required");
        }
    }

    private void key(String key, String apiKey, String secretKey) {
        try {
            if (secretKey == null) {
                HumeCredentials.ofApiKey(apiKey);
            } else {
                HumeCredentials.of(apiKey, secretKey);
            }
        } catch (IllegalArgumentException e) {
            violation(key, "cannot be used: " + e.getMessage());
        }
    }

    private void baseUrl(URI baseUrl) {
        String scheme = baseUrl.getScheme() == null ? "" : baseUrl.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http") || baseUrl.getHost() == null) {
            violation("base-url", "must be an absolute address such as https://api.hume.ai");
            return;
        }
        if (baseUrl.getRawUserInfo() != null || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
            violation("base-url", "must have no user, query or fragment");
        }
        if (baseUrl.getPort() == 0 || baseUrl.getPort() > 65_535) {
            violation("base-url", "has the port " + baseUrl.getPort() + ", but ports are from 1 to 65535");
        }
        String host = baseUrl.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals("http") && !isLoopback(host)) {
            violation("base-url", "must be https, since credentials are sent there; plain http is for loopback addresses only");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private void trustedHost(String entry) {
        if (entry.equals(DEFAULT_TRUSTED_HOSTS)) {
            return; // Checking the usual entry would load the lists and patterns of the checks at every start.
        }
        String violation = TrustedHostEntry.violation(entry);
        if (violation != null) {
            violation("trusted-hosts", "has the entry \"" + entry + "\", which " + violation);
        }
    }

    private void token(TokenRuntimeConfig token) {
        if (!token.path().startsWith("/") || !token.path().matches("[!-~]+")) {
            violation("token.path", "must start with a slash and contain neither blanks nor control characters");
        }
        duration("token.refresh-before", token.refreshBefore(), YEAR, "a year");
        duration("token.default-lifetime", token.defaultLifetime(), YEAR, "a year");
        duration("token.timeout", token.timeout(), HOUR, "an hour");
        if (token.checkEvery().compareTo(MIN_CHECK_EVERY) < 0) {
            violation("token.check-every", "must be at least a second");
        }
        atMost("token.check-every", token.checkEvery(), DAY, "a day");
        retry(token.retry());
    }

    private void retry(TokenRetryRuntimeConfig retry) {
        if (retry.maxRetries() < 0 || retry.maxRetries() > MAX_RETRIES) {
            violation("token.retry.max-retries", "must be from 0 to " + MAX_RETRIES);
        }
        duration("token.retry.delay", retry.delay(), DAY, "a day");
        duration("token.retry.max-delay", retry.maxDelay(), DAY, "a day");
        if (retry.maxWait().isNegative() || retry.maxWait().compareTo(MAX_WAIT) > 0) {
            violation("token.retry.max-wait", "must be from zero to ten minutes");
        }
        if (retry.maxDelay().compareTo(retry.delay()) < 0) {
            violation("token.retry.max-delay", "must not be less than " + prefix + "token.retry.delay");
        }
    }

    private void rateLimit(RateLimitRuntimeConfig limit) {
        if (limit.requestsPerMinute().isPresent()
                && (limit.requestsPerMinute().getAsInt() < 1 || limit.requestsPerMinute().getAsInt() > MAX_REQUESTS)) {
            violation("rate-limit.requests-per-minute", "must be from 1 to " + MAX_REQUESTS);
        }
        if (limit.name().isPresent() && limit.requestsPerMinute().isEmpty()) {
            violation("rate-limit.name", "is set, but " + prefix + "rate-limit.requests-per-minute is not. Set it to the limit"
                    + " that the accounts share, or remove the name");
        }
        if (limit.maxWait().isNegative() || limit.maxWait().compareTo(MAX_WAIT) > 0) {
            violation("rate-limit.max-wait", "must be from zero to ten minutes");
        }
    }

    private void webhook(WebhookRuntimeConfig webhook) {
        for (String key : webhook.signingKey().orElse(List.of())) {
            if (key.isBlank() || !key.equals(key.strip()) || key.chars().anyMatch(Character::isISOControl)) {
                violation("webhook.signing-key", "has an entry that is empty, has blanks around it or contains a control"
                        + " character. Check for a line break or blank that was copied along");
            } else if (key.length() > 1
                    && (key.startsWith("\"") && key.endsWith("\"") || key.startsWith("'") && key.endsWith("'"))) {
                violation("webhook.signing-key", "has an entry that begins and ends with a quotation mark. Remove the quotation"
                        + " marks: not everything that reads an .env file or a variable takes them off");
            }
        }
        if (webhook.tolerance().compareTo(Duration.ofSeconds(1)) < 0 || webhook.tolerance().compareTo(MAX_WEBHOOK_AGE) > 0) {
            violation("webhook.tolerance", "must be from a second to an hour");
        }
        if (webhook.clockSkew().isNegative() || webhook.clockSkew().compareTo(MAX_WEBHOOK_AGE) > 0) {
            violation("webhook.clock-skew", "must be from zero to an hour");
        }
        if (webhook.replayLimit() < 1 || webhook.replayLimit() > MAX_REPLAY_LIMIT) {
            violation("webhook.replay-limit", "must be from 1 to " + MAX_REPLAY_LIMIT);
        }
        long maxBodySize = webhook.maxBodySize().asLongValue();
        if (maxBodySize < LEAST_BODY_SIZE || maxBodySize > MOST_BODY_SIZE) {
            violation("webhook.max-body-size", "must be from 1K to 64M");
        }
        if (webhook.bodyTimeout().compareTo(LEAST_BODY_TIMEOUT) < 0 || webhook.bodyTimeout().compareTo(MOST_BODY_TIMEOUT) > 0) {
            violation("webhook.body-timeout", "must be from 100 milliseconds to 10 minutes");
        }
    }

    private void duration(String key, Duration duration, Duration longest, String describedLongest) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0) {
            violation(key, "must be at least a millisecond");
        } else {
            atMost(key, duration, longest, describedLongest);
        }
    }

    private void atMost(String key, Duration duration, Duration longest, String describedLongest) {
        if (duration.compareTo(longest) > 0) {
            violation(key, "must be at most " + describedLongest);
        }
    }

    private void violation(String key, String what) {
        violations.add(prefix + key + " " + what);
    }
}
